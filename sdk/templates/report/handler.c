#include "gatehouse.h"

/** Makes one report, titled as an admin wants it. */
bool exports_extension_handle(extension_request_t *request, extension_response_t *ret, extension_string_t *err) {
  gatehouse_extension_metrics_measurement_t made = {
      .kind = GATEHOUSE_EXTENSION_METRICS_KIND_COUNTER, .name = gatehouse_string("reports"), .value = 1};
  gatehouse_extension_metrics_record(&made);

  extension_string_t name = gatehouse_string("title");
  extension_option_string_t title;
  gatehouse_extension_config_error_t refused;
  if (!gatehouse_extension_config_get(&name, &title, &refused)) {
    *err = refused.message;
    return false;
  }
  gatehouse_text_t body = {0};
  gatehouse_add(&body, "{\"title\":");
  // Settings are JSON already.
  if (title.is_some)
    gatehouse_add_bytes(&body, title.val.ptr, title.val.len);
  else
    gatehouse_add(&body, "\"Report\"");
  gatehouse_add(&body, ",\"rows\":[]}");
  return gatehouse_json(ret, 200, &body);
}
