/**
 * What an extension in C is written with, beside the host interfaces in extension.h. Each call of one of those is decided by
 * policy; what is not used here is not imported. Write exports_extension_handle, and you have an extension.
 */
#ifndef GATEHOUSE_H
#define GATEHOUSE_H

#include "extension.h"

/** Text that grows. Begin with {0}. */
typedef struct {
  uint8_t *bytes;
  size_t length;
  size_t room;
} gatehouse_text_t;

void gatehouse_add_bytes(gatehouse_text_t *text, const void *bytes, size_t length);
void gatehouse_add(gatehouse_text_t *text, const char *more);
void gatehouse_add_number(gatehouse_text_t *text, uint64_t number);
/** Adds bytes of UTF-8 as JSON writes a string. */
void gatehouse_add_quoted(gatehouse_text_t *text, const void *bytes, size_t length);

/** A string that refers to a literal. Never free it. */
extension_string_t gatehouse_string(const char *literal);
/** The text as a string that refers to it. */
extension_string_t gatehouse_string_of(const gatehouse_text_t *text);

/** The first value of a name in a list of fields; NULL where there is none. */
const extension_string_t *gatehouse_field(const gatehouse_extension_types_list_field_t *fields, const char *name);

/** Answers with JSON, and takes the text over. True, for exports_extension_handle to return. */
bool gatehouse_json(extension_response_t *ret, uint16_t status, gatehouse_text_t *text);
/** Answers with what is wrong with the request, as RFC 9457 has it. True as well. */
bool gatehouse_problem(extension_response_t *ret, uint16_t status, const char *title, const extension_string_t *detail);

#endif
