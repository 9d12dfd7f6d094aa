#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A JSON document as a flat tape: simdjson On-Demand walks the whole document once, so that what is broken inside a
// member nobody reads is found, and every value leaves one token behind.

/// What a value is.
typedef enum __attribute__((enum_extensibility(closed))) JSONKind : uint8_t {
  JSONKindObject,
  JSONKindArray,
  JSONKindString,
  JSONKindNumber,
  JSONKindTrue,
  JSONKindFalse,
  JSONKindNull,
} JSONKind;

/// What is wrong with a document.
typedef enum __attribute__((enum_extensibility(closed))) JSONFlawKind : uint8_t {
  JSONFlawKindNone,
  JSONFlawKindEmpty,
  /// The text ends before the document does.
  JSONFlawKindTruncated,
  /// Something stands where JSON expects something else.
  JSONFlawKindUnexpected,
  /// The document is whole, but more follows.
  JSONFlawKindTrailing,
  JSONFlawKindNumber,
  /// An escape that JSON does not know, or half a surrogate pair.
  JSONFlawKindEscape,
  JSONFlawKindControlCharacter,
  JSONFlawKindUTF8,
  JSONFlawKindTooDeep,
  JSONFlawKindTooLarge,
  JSONFlawKindMemory,
} JSONFlawKind;

/// Where and how a document is broken; the offset counts from the first byte given.
typedef struct {
  JSONFlawKind kind;
  size_t offset;
} JSONFlaw;

/// One value. Pointers stay valid as long as the tape; the texts are UTF-8 and not terminated.
typedef struct {
  /// The member's name without escapes; null for array elements and the root.
  const uint8_t *key;
  /// A string without escapes, or a number as printed; null for everything else.
  const uint8_t *text;
  uint32_t keyLength;
  uint32_t textLength;
  /// The token after this value and all it contains: the next sibling, where there is one.
  uint32_t next;
  /// Where the value stands in the document's text: first byte, and the byte after the last one.
  uint32_t start;
  uint32_t end;
  JSONKind kind;
} JSONToken;

typedef struct JSONTape JSONTape;

/// Reads a document; null where it is broken, and then the flaw says why. The bytes are copied.
JSONTape *JSONTapeCreate(const uint8_t *bytes, size_t length, JSONFlaw *flaw);
void JSONTapeDestroy(JSONTape *tape);
const JSONToken *JSONTapeTokens(const JSONTape *tape);
size_t JSONTapeCount(const JSONTape *tape);

#ifdef __cplusplus
}
#endif
