#include "gatehouse.h"

/** The items that a page shows. */
bool exports_extension_handle(extension_request_t *request, extension_response_t *ret, extension_string_t *err) {
  const extension_string_t *id = gatehouse_field(&request->params, "id");
  gatehouse_text_t key = {0};
  gatehouse_add(&key, "items/");
  if (id) gatehouse_add_bytes(&key, id->ptr, id->len);

  extension_string_t name = gatehouse_string_of(&key);
  extension_option_list_u8_t stored;
  gatehouse_extension_kv_error_t refused;
  if (!gatehouse_extension_kv_get(&name, &stored, &refused)) {
    *err = refused.message;
    return false;
  }
  if (!id || !stored.is_some) {
    extension_string_t detail = gatehouse_string("There is no such item");
    return gatehouse_problem(ret, 404, "Not found", &detail);
  }
  gatehouse_text_t body = {0};
  gatehouse_add(&body, "{\"id\":");
  gatehouse_add_quoted(&body, id->ptr, id->len);
  gatehouse_add(&body, ",\"text\":");
  gatehouse_add_quoted(&body, stored.val.ptr, stored.val.len);
  gatehouse_add(&body, "}");
  return gatehouse_json(ret, 200, &body);
}
