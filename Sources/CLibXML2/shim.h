#pragma once

// Debian builds libxml2 with ICU, and its headers would bring the system's ICU in beside Foundation's own: two different
// definitions of one type, which a test target that sees both refuses. Nothing here converts encodings, and the members
// that disappear stand last in a struct that only libxml2 itself allocates.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>

/// `xmlFree` is a mutable global function pointer, which Swift 6 refuses to read; this is the same call as a function.
static inline void tieout_xml_free(void *memory) { xmlFree(memory); }
