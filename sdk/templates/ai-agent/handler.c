#include "gatehouse.h"

/** Answers with what it was told before. Everything it remembers lies in its own storage. */
bool exports_extension_handle(extension_request_t *request, extension_response_t *ret, extension_string_t *err) {
  extension_string_t last = gatehouse_string("last");
  extension_option_list_u8_t before;
  gatehouse_extension_kv_error_t refused;
  if (!gatehouse_extension_kv_get(&last, &before, &refused)) {
    // What stands in err is shown to operators, not to the caller.
    *err = refused.message;
    return false;
  }
  if (!gatehouse_extension_kv_set(&last, &request->body, &refused))
    return gatehouse_problem(ret, 403, "Not remembered", &refused.message);

  gatehouse_text_t body = {0};
  gatehouse_add(&body, "{\"before\":");
  if (before.is_some)
    gatehouse_add_quoted(&body, before.val.ptr, before.val.len);
  else
    gatehouse_add(&body, "null");
  gatehouse_add(&body, ",\"heard\":");
  gatehouse_add_number(&body, request->body.len);
  gatehouse_add(&body, "}");
  return gatehouse_json(ret, 200, &body);
}
