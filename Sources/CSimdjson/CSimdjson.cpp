#include "CSimdjson.h"
#include "TextChecks.hpp"

#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <vector>

using namespace simdjson;
using namespace textChecks;

/// Owns the padded copy of the document, the unescaped texts and the tokens.
struct JSONTape {
  std::unique_ptr<uint8_t[]> source;
  std::unique_ptr<uint8_t[]> unescaped;
  std::vector<JSONToken> tokens;
};

namespace {

/// No resource nests more than ten deep; the walk recurses, so there has to be an end.
constexpr unsigned depthMax = 128;

/// Walks a document once and fills the tape.
class Walk {
 public:
  Walk(JSONTape &tape, size_t length, size_t origin) : tape(tape), length(length), origin(origin) {}

  JSONFlaw flaw{JSONFlawKindNone, 0};

  bool run() {
    const uint8_t *source = tape.source.get();
    while (length > origin && isSpace(source[length - 1])) length--;
    size_t first = origin;
    while (first < length && isSpace(source[first])) first++;
    if (first == length) return fail(JSONFlawKindEmpty, first);

    ondemand::parser parser;
    padded_string_view text(source + origin, length - origin, length - origin + SIMDJSON_PADDING);
    if (auto error = parser.iterate(text).get(document)) return fail(error, first);
    reader = &parser;
    tape.tokens.reserve((length - origin) / 16 + 4);

    if (source[first] == '{') {
      uint32_t index = open(JSONKindObject, first, {});
      ondemand::object object;
      if (auto error = document.get_object().get(object)) return fail(error, first);
      if (!members(object, index, 1)) return false;
    } else if (source[first] == '[') {
      uint32_t index = open(JSONKindArray, first, {});
      ondemand::array array;
      if (auto error = document.get_array().get(array)) return fail(error, first);
      if (!elements(array, index, 1)) return false;
    } else {
      std::string_view token;
      if (auto error = document.raw_json_token().get(token)) return fail(error, first);
      if (!scalar(token, {})) return false;
      if (first + token.size() < length) return fail(JSONFlawKindTrailing, first + token.size());
      return true;
    }
    if (size_t next = location(); next < length) return fail(JSONFlawKindTrailing, next);
    return true;
  }

 private:
  JSONTape &tape;
  size_t length;
  /// Where the text begins: behind a byte-order mark.
  size_t origin;
  ondemand::document document;
  ondemand::parser *reader = nullptr;
  uint8_t *freeSpace = nullptr;

  bool fail(JSONFlawKind kind, size_t offset) {
    // What is missing at the end of the text was cut off, whatever it would have been.
    if (offset >= length && kind != JSONFlawKindEmpty) kind = JSONFlawKindTruncated;
    flaw = {kind, offset};
    return false;
  }

  bool fail(error_code error, size_t offset) {
    const uint8_t *text = tape.source.get() + origin;
    switch (error) {
      case EMPTY: return fail(JSONFlawKindEmpty, offset);
      case UTF8_ERROR: return fail(JSONFlawKindUTF8, origin + invalidUTF8(text, length - origin));
      case UNESCAPED_CHARS: return fail(JSONFlawKindControlCharacter, origin + controlCharacter(text, length - origin));
      case UNCLOSED_STRING: return fail(JSONFlawKindTruncated, length);
      case INCOMPLETE_ARRAY_OR_OBJECT: flaw = unclosed(tape.source.get(), offset, length); return false;
      case STRING_ERROR: return fail(JSONFlawKindEscape, offset);
      case DEPTH_ERROR: return fail(JSONFlawKindTooDeep, offset);
      case CAPACITY: return fail(JSONFlawKindTooLarge, offset);
      case MEMALLOC: return fail(JSONFlawKindMemory, offset);
      default: return fail(JSONFlawKindUnexpected, offset);
    }
  }

  size_t offset(const char *pointer) { return reinterpret_cast<const uint8_t *>(pointer) - tape.source.get(); }

  /// Where the next token stands that has not been read.
  size_t location() {
    const char *pointer;
    return document.current_location().get(pointer) ? length : offset(pointer);
  }

  /// Where the bracket ends that was read last: only blanks stand between it and the next token.
  uint32_t closing() {
    size_t end = location();
    while (isSpace(tape.source[end - 1])) end--;
    return static_cast<uint32_t>(end);
  }

  uint32_t open(JSONKind kind, size_t start, std::string_view key) {
    JSONToken token{};
    token.kind = kind;
    token.start = static_cast<uint32_t>(start);
    token.key = reinterpret_cast<const uint8_t *>(key.data());
    token.keyLength = static_cast<uint32_t>(key.size());
    tape.tokens.push_back(token);
    return static_cast<uint32_t>(tape.tokens.size() - 1);
  }

  void close(uint32_t index, uint32_t end) {
    tape.tokens[index].end = end;
    tape.tokens[index].next = static_cast<uint32_t>(tape.tokens.size());
  }

  bool members(ondemand::object &object, uint32_t index, unsigned depth) {
    for (auto item : object) {
      ondemand::field field;
      if (auto error = std::move(item).get(field)) return fail(error, location());
      const char *first = field.key().raw();
      const char *last = first;
      // The first pass over the text made sure that every string is closed.
      while (*last != '"') last += *last == '\\' ? 2 : 1;
      std::string_view key;
      if (!unescape({first, static_cast<size_t>(last - first)}, key)) return false;
      if (!value(field.value(), key, depth)) return false;
    }
    close(index, closing());
    return true;
  }

  bool elements(ondemand::array &array, uint32_t index, unsigned depth) {
    for (auto item : array) {
      ondemand::value element;
      if (auto error = std::move(item).get(element)) return fail(error, location());
      if (!value(element, {}, depth)) return false;
    }
    close(index, closing());
    return true;
  }

  bool value(ondemand::value value, std::string_view key, unsigned depth) {
    std::string_view token = value.raw_json_token();
    size_t start = offset(token.data());
    if (start >= length) return fail(JSONFlawKindTruncated, length);
    if (token.front() == '{' || token.front() == '[') {
      if (depth == depthMax) return fail(JSONFlawKindTooDeep, start);
      if (token.front() == '{') {
        uint32_t index = open(JSONKindObject, start, key);
        ondemand::object object;
        if (auto error = value.get_object().get(object)) return fail(error, start);
        return members(object, index, depth + 1);
      }
      uint32_t index = open(JSONKindArray, start, key);
      ondemand::array array;
      if (auto error = value.get_array().get(array)) return fail(error, start);
      return elements(array, index, depth + 1);
    }
    if (!scalar(token, key)) return false;
    // Reading the string is what moves On-Demand past the value; its text is at hand already.
    ondemand::raw_json_string ignored;
    bool isString = tape.tokens.back().kind == JSONKindString;
    if (isString) return value.get_raw_json_string().get(ignored) ? fail(JSONFlawKindUnexpected, start) : true;
    return true;
  }

  bool scalar(std::string_view token, std::string_view key) {
    size_t start = offset(token.data());
    while (!token.empty() && isSpace(token.back())) token.remove_suffix(1);
    if (token.empty()) return fail(JSONFlawKindUnexpected, start);
    JSONKind kind;
    std::string_view text;
    switch (token.front()) {
      case '"':
        if (token.size() < 2 || token.back() != '"') return fail(JSONFlawKindUnexpected, start);
        kind = JSONKindString;
        if (!unescape(token.substr(1, token.size() - 2), text)) return false;
        break;
      case 't': kind = JSONKindTrue; break;
      case 'f': kind = JSONKindFalse; break;
      case 'n': kind = JSONKindNull; break;
      default:
        if (token.front() != '-' && !isDigit(token.front())) return fail(JSONFlawKindUnexpected, start);
        if (!isNumber(token)) return fail(JSONFlawKindNumber, start);
        kind = JSONKindNumber;
        text = token;
    }
    if ((kind == JSONKindTrue && token != "true") || (kind == JSONKindFalse && token != "false") ||
        (kind == JSONKindNull && token != "null")) {
      return fail(start + token.size() == length ? JSONFlawKindTruncated : JSONFlawKindUnexpected, start);
    }
    uint32_t index = open(kind, start, key);
    tape.tokens[index].text = reinterpret_cast<const uint8_t *>(text.data());
    tape.tokens[index].textLength = static_cast<uint32_t>(text.size());
    close(index, static_cast<uint32_t>(start + token.size()));
    return true;
  }

  /// A string's text: where it stands when it has no escapes, else a copy without them.
  bool unescape(std::string_view inside, std::string_view &text) {
    if (inside.find('\\') == std::string_view::npos) {
      text = inside;
      return true;
    }
    size_t bad = badEscape(inside);
    if (bad != std::string_view::npos) return fail(JSONFlawKindEscape, offset(inside.data()) + bad);
    if (freeSpace == nullptr) {
      // Unescaping only shrinks, so what all strings need together fits the size of the text.
      tape.unescaped.reset(new uint8_t[length + 2 * SIMDJSON_PADDING]);
      freeSpace = tape.unescaped.get();
    }
    // On-Demand's raw string is nothing but the pointer behind the opening quote.
    ondemand::raw_json_string raw(reinterpret_cast<const uint8_t *>(inside.data()));
    if (reader->unescape(raw, freeSpace).get(text)) return fail(JSONFlawKindEscape, offset(inside.data()));
    return true;
  }
};

}  // namespace

JSONTape *JSONTapeCreate(const uint8_t *bytes, size_t length, JSONFlaw *flaw) {
  *flaw = {JSONFlawKindNone, 0};
  if (length >= UINT32_MAX - SIMDJSON_PADDING) {
    *flaw = {JSONFlawKindTooLarge, 0};
    return nullptr;
  }
  try {
    auto tape = std::make_unique<JSONTape>();
    tape->source.reset(new uint8_t[length + SIMDJSON_PADDING]);
    if (length > 0) std::memcpy(tape->source.get(), bytes, length);
    std::memset(tape->source.get() + length, 0, SIMDJSON_PADDING);
    bool hasMark = length >= 3 && std::memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    Walk walk(*tape, length, hasMark ? 3 : 0);
    if (walk.run()) return tape.release();
    *flaw = walk.flaw;
  } catch (const std::bad_alloc &) {
    *flaw = {JSONFlawKindMemory, 0};
  }
  return nullptr;
}

void JSONTapeDestroy(JSONTape *tape) { delete tape; }
const JSONToken *JSONTapeTokens(const JSONTape *tape) { return tape->tokens.data(); }
size_t JSONTapeCount(const JSONTape *tape) { return tape->tokens.size(); }
