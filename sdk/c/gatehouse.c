#include "gatehouse.h"

#include <stdlib.h>
#include <string.h>

void gatehouse_add_bytes(gatehouse_text_t *text, const void *bytes, size_t length) {
  if (length > text->room - text->length) {
    text->room = text->length + length > 2 * text->room ? text->length + length : 2 * text->room;
    text->bytes = realloc(text->bytes, text->room);
    if (!text->bytes) abort();
  }
  if (length > 0) memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
}

void gatehouse_add(gatehouse_text_t *text, const char *more) {
  gatehouse_add_bytes(text, more, strlen(more));
}

void gatehouse_add_number(gatehouse_text_t *text, uint64_t number) {
  char digits[20];
  size_t first = sizeof digits;
  do {
    digits[--first] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  gatehouse_add_bytes(text, digits + first, sizeof digits - first);
}

void gatehouse_add_quoted(gatehouse_text_t *text, const void *bytes, size_t length) {
  const uint8_t *given = bytes;
  size_t plain = 0;
  gatehouse_add(text, "\"");
  for (size_t at = 0; at < length; at++) {
    uint8_t byte = given[at];
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    const char escaped[6] = {'\\', 'u', '0', '0', "0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
    gatehouse_add_bytes(text, given + plain, at - plain);
    gatehouse_add_bytes(text, escaped, sizeof escaped);
    plain = at + 1;
  }
  gatehouse_add_bytes(text, given + plain, length - plain);
  gatehouse_add(text, "\"");
}

extension_string_t gatehouse_string(const char *literal) {
  return (extension_string_t){(uint8_t *)literal, strlen(literal)};
}

extension_string_t gatehouse_string_of(const gatehouse_text_t *text) {
  return (extension_string_t){text->bytes, text->length};
}

const extension_string_t *gatehouse_field(const gatehouse_extension_types_list_field_t *fields, const char *name) {
  size_t length = strlen(name);
  for (size_t index = 0; index < fields->len; index++) {
    const gatehouse_extension_types_field_t *field = &fields->ptr[index];
    if (field->f0.len == length && memcmp(field->f0.ptr, name, length) == 0) return &field->f1;
  }
  return NULL;
}

/** The generated code wants an object beside it that names its world. The build embeds the world of the manifest instead. */
void __component_type_object_force_link_extension(void) {}

static bool answer(extension_response_t *ret, uint16_t status, const char *type, gatehouse_text_t *text) {
  ret->status = status;
  ret->headers.len = 1;
  ret->headers.ptr = malloc(sizeof *ret->headers.ptr);
  if (!ret->headers.ptr) abort();
  extension_string_dup(&ret->headers.ptr->f0, "content-type");
  extension_string_dup(&ret->headers.ptr->f1, type);
  ret->body = (extension_list_u8_t){text->bytes, text->length};
  *text = (gatehouse_text_t){0};
  return true;
}

bool gatehouse_json(extension_response_t *ret, uint16_t status, gatehouse_text_t *text) {
  return answer(ret, status, "application/json", text);
}

bool gatehouse_problem(extension_response_t *ret, uint16_t status, const char *title, const extension_string_t *detail) {
  gatehouse_text_t text = {0};
  gatehouse_add(&text, "{\"status\":");
  gatehouse_add_number(&text, status);
  gatehouse_add(&text, ",\"title\":");
  gatehouse_add_quoted(&text, title, strlen(title));
  gatehouse_add(&text, ",\"detail\":");
  gatehouse_add_quoted(&text, detail->ptr, detail->len);
  gatehouse_add(&text, "}");
  return answer(ret, status, "application/problem+json", &text);
}
