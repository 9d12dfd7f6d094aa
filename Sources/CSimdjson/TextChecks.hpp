#pragma once

#include "CSimdjson.h"

#include <cstring>
#include <string_view>
#include <vector>

/// What simdjson leaves to its caller, and what tells where a text is broken when simdjson only says that it is.
namespace textChecks {

inline bool isSpace(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }
inline bool isDigit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

/// JSON's number grammar (RFC 8259 §6): simdjson hands out number tokens unchecked.
inline bool isNumber(std::string_view text) {
  size_t index = 0;
  auto digits = [&] {
    size_t first = index;
    while (index < text.size() && isDigit(text[index])) index++;
    return index > first;
  };
  if (index < text.size() && text[index] == '-') index++;
  if (index < text.size() && text[index] == '0') {
    index++;
  } else if (!digits()) {
    return false;
  }
  if (index < text.size() && text[index] == '.') {
    index++;
    if (!digits()) return false;
  }
  if (index < text.size() && (text[index] | 0x20) == 'e') {
    index++;
    if (index < text.size() && (text[index] == '+' || text[index] == '-')) index++;
    if (!digits()) return false;
  }
  return index == text.size();
}

/// The value of four hexadecimal digits, or −1.
inline int hex4(std::string_view text, size_t index) {
  if (index + 4 > text.size()) return -1;
  int value = 0;
  for (size_t end = index + 4; index < end; index++) {
    uint8_t byte = text[index], letter = byte | 0x20;
    if (isDigit(byte)) {
      value = value * 16 + (byte - '0');
    } else if (letter >= 'a' && letter <= 'f') {
      value = value * 16 + (letter - 'a' + 10);
    } else {
      return -1;
    }
  }
  return value;
}

/// Where the first bad escape of a string's inside stands, or `npos`. Versions of simdjson differ about surrogates.
inline size_t badEscape(std::string_view inside) {
  size_t index = 0;
  while ((index = inside.find('\\', index)) != std::string_view::npos) {
    size_t at = index;
    if (index + 1 == inside.size()) return at;
    if (inside[index + 1] != 'u') {
      if (std::strchr("\"\\/bfnrt", inside[index + 1]) == nullptr || inside[index + 1] == 0) return at;
      index += 2;
      continue;
    }
    int unit = hex4(inside, index + 2);
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return at;
    index += 6;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      if (inside.substr(index, 2) != "\\u") return at;
      int second = hex4(inside, index + 2);
      if (second < 0xDC00 || second > 0xDFFF) return at;
      index += 6;
    }
  }
  return std::string_view::npos;
}

/// How many bytes at `index` form one character of UTF-8; 0 where they do not.
inline size_t characterLength(const uint8_t *bytes, size_t length, size_t index) {
  uint8_t first = bytes[index];
  if (first < 0x80) return 1;
  size_t count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || index + count > length) return 0;
  for (size_t step = 1; step < count; step++) {
    if ((bytes[index + step] & 0xC0) != 0x80) return 0;
  }
  uint8_t second = bytes[index + 1];
  bool isWrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                 (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return isWrong ? 0 : count;
}

inline size_t invalidUTF8(const uint8_t *bytes, size_t length) {
  size_t index = 0;
  while (index < length) {
    size_t step = characterLength(bytes, length, index);
    if (step == 0) break;
    index += step;
  }
  return index;
}

inline size_t controlCharacter(const uint8_t *bytes, size_t length) {
  bool isInString = false;
  for (size_t index = 0; index < length; index++) {
    if (isInString && bytes[index] < 0x20) return index;
    if (isInString && bytes[index] == '\\') {
      index++;
    } else if (bytes[index] == '"') {
      isInString = !isInString;
    }
  }
  return length;
}

/// Why the last bracket is not the one that closes the first: cut off, mixed up, or followed by something else.
inline JSONFlaw unclosed(const uint8_t *bytes, size_t first, size_t length) {
  std::vector<uint8_t> expected;
  bool isInString = false;
  for (size_t index = first; index < length; index++) {
    uint8_t byte = bytes[index];
    if (isInString && byte == '\\') {
      index++;
    } else if (byte == '"') {
      isInString = !isInString;
    } else if (!isInString && (byte == '{' || byte == '[')) {
      expected.push_back(byte == '{' ? '}' : ']');
    } else if (!isInString && (byte == '}' || byte == ']')) {
      if (expected.back() != byte) return {JSONFlawKindUnexpected, index};
      expected.pop_back();
      if (!expected.empty()) continue;
      do { index++; } while (index < length && isSpace(bytes[index]));
      return {JSONFlawKindTrailing, index};
    }
  }
  return {JSONFlawKindTruncated, length};
}

}  // namespace textChecks
