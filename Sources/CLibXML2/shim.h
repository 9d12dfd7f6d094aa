#pragma once

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>

/// `xmlFree` is a mutable global function pointer, which Swift 6 refuses to read; this is the same call as a function.
static inline void tieout_xml_free(void *memory) { xmlFree(memory); }
