#include "gatehouse.h"

/** Answers one request. Every call of gatehouse_extension_… is a host call that policy decides. */
bool exports_extension_handle(extension_request_t *request, extension_response_t *ret, extension_string_t *err) {
  gatehouse_text_t line = {0};
  gatehouse_add_bytes(&line, request->method.ptr, request->method.len);
  gatehouse_add(&line, " ");
  gatehouse_add_bytes(&line, request->path.ptr, request->path.len);
  extension_string_t message = gatehouse_string_of(&line);
  gatehouse_extension_log_write(GATEHOUSE_EXTENSION_LOG_LEVEL_INFO, &message);

  gatehouse_text_t body = {0};
  gatehouse_add(&body, "{\"hello\":\"world\"}");
  return gatehouse_json(ret, 200, &body);
}
