#pragma once

// Input is read only: with this, zlib says so in its types.
#define ZLIB_CONST
#include <zlib.h>

/// `inflateInit2` and `deflateInit2` are macros, which Swift cannot call. 16 on top of the window asks for gzip.
static inline int tieout_inflate_init(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

/// Without a header set by the caller the time is 0, so equal input gives equal bytes.
static inline int tieout_deflate_init(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
