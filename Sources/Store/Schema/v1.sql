-- What did the service say, and what became of it?
--
-- Amounts are exact decimal text: digits, a point, no exponent. The text is the truth; the integer in millionths beside
-- some of them is for sorting only, and NULL where it would not be exact. SQLite would add text as binary fractions, so
-- nothing here adds amounts: sums are made before they are stored. Ids stand as the service printed them; a column named
-- …_key holds the folded form by which things are joined. NULL is “not said”, which is not 0 and not ''.

-- Runs and their stages ----------------------------------------------------------------------------------------------

CREATE TABLE run (
  number INTEGER PRIMARY KEY,  -- in the order of beginning
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  as_of TEXT NOT NULL,
  period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  rules TEXT NOT NULL,
  configuration TEXT NOT NULL CHECK (json_valid(configuration)),
  api_url TEXT NOT NULL,
  started TEXT  -- by the machine's clock; NULL for a replay
) STRICT;

-- A stage has ended when it has a row here.
CREATE TABLE stage (
  number INTEGER PRIMARY KEY,  -- in the order of ending
  run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (name IN ('fetch', 'ingest', 'tie', 'render')),
  digest TEXT NOT NULL,  -- of what the stage was made from
  UNIQUE (run, name)
) STRICT;

-- Which body of the archive answers for what.
CREATE TABLE body (
  endpoint TEXT NOT NULL CHECK (endpoint <> ''),
  customer TEXT NOT NULL,
  invoice TEXT NOT NULL,
  line_set TEXT NOT NULL,
  page INTEGER NOT NULL CHECK (page >= 0),
  detail TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (sha256 <> ''),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  PRIMARY KEY (endpoint, customer, invoice, line_set, page, detail)
) STRICT, WITHOUT ROWID;

-- Documents and what their lines came in -----------------------------------------------------------------------------

CREATE TABLE document (
  id TEXT COLLATE NOCASE NOT NULL PRIMARY KEY CHECK (id <> ''),
  ordinal INTEGER NOT NULL,  -- as served, amendments behind the document they hang on
  amends TEXT COLLATE NOCASE,  -- may name a document older than all that are served
  date TEXT NOT NULL,
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL CHECK (last_day >= first_day),
  period_start TEXT,  -- as printed
  period_end TEXT,
  total TEXT NOT NULL,
  total_millionths INTEGER,
  counted_total TEXT NOT NULL,  -- credit notes negative, void notes 0
  counted_millionths INTEGER,
  paid TEXT,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  document_type TEXT NOT NULL,
  invoice_type TEXT NOT NULL
) STRICT;

-- The sets of line items a document names in its details.
CREATE TABLE document_set (
  invoice TEXT COLLATE NOCASE NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  line_set TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  PRIMARY KEY (invoice, line_set)
) STRICT, WITHOUT ROWID;

-- The sets that were fetched. A set is written in one transaction: when it is here, it is whole.
CREATE TABLE line_set (
  invoice TEXT COLLATE NOCASE NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  line_set TEXT NOT NULL CHECK (line_set GLOB '*-billing' OR line_set GLOB '*-usage'),
  decoding INTEGER NOT NULL,  -- which reading of bodies made the lines
  page_count INTEGER NOT NULL CHECK (page_count >= 0),
  item_count INTEGER NOT NULL CHECK (item_count >= 0),
  PRIMARY KEY (invoice, line_set)
) STRICT, WITHOUT ROWID;

CREATE TABLE page (
  invoice TEXT COLLATE NOCASE NOT NULL,
  line_set TEXT NOT NULL,
  page INTEGER NOT NULL CHECK (page >= 0),
  body TEXT NOT NULL CHECK (body <> ''),  -- SHA-256 of the body in the archive
  items_digest TEXT NOT NULL,
  item_count INTEGER NOT NULL CHECK (item_count >= 0),
  repeat_of INTEGER CHECK (repeat_of < page),  -- an earlier page with the same items
  PRIMARY KEY (invoice, line_set, page),
  FOREIGN KEY (invoice, line_set) REFERENCES line_set ON DELETE CASCADE,
  FOREIGN KEY (invoice, line_set, repeat_of) REFERENCES page (invoice, line_set, page)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_repeat ON page (invoice, line_set, repeat_of);

-- What the lines of a page add up to, a row for each currency. XXX stands for lines without one.
CREATE TABLE page_sum (
  invoice TEXT COLLATE NOCASE NOT NULL,
  line_set TEXT NOT NULL,
  page INTEGER NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  count INTEGER NOT NULL CHECK (count > 0),
  unknown_count INTEGER NOT NULL CHECK (unknown_count BETWEEN 0 AND count),  -- lines that print no total
  taxed_count INTEGER NOT NULL CHECK (taxed_count BETWEEN 0 AND count),
  subtotal TEXT NOT NULL,
  tax TEXT NOT NULL,
  total TEXT NOT NULL,
  PRIMARY KEY (invoice, line_set, page, currency),
  FOREIGN KEY (invoice, line_set, page) REFERENCES page ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Lines --------------------------------------------------------------------------------------------------------------

CREATE TABLE charge (
  invoice TEXT COLLATE NOCASE NOT NULL,
  line_set TEXT NOT NULL,
  page INTEGER NOT NULL,
  item INTEGER NOT NULL CHECK (item >= 0),
  family TEXT NOT NULL CHECK (family IN ('new commerce', 'licence', 'azure')),
  flow TEXT NOT NULL CHECK (flow IN ('one-time', 'recurring', 'usage', 'credit')),
  category TEXT NOT NULL,
  customer_key TEXT NOT NULL CHECK (customer_key <> ''),  -- resolved: its id, else its subscription's, else 'unassigned'

  customer_id TEXT,
  customer_name TEXT NOT NULL,
  customer_country TEXT NOT NULL,
  subscription_id TEXT,
  subscription_key TEXT,
  subscription_description TEXT NOT NULL,
  reseller TEXT NOT NULL,

  product_id TEXT,
  sku_id TEXT,
  availability_id TEXT,
  product_name TEXT NOT NULL,
  sku_name TEXT NOT NULL,
  product_qualifiers TEXT NOT NULL CHECK (json_valid(product_qualifiers)),
  publisher_name TEXT NOT NULL,
  publisher_id TEXT NOT NULL,
  offer_id TEXT,
  meter_description TEXT NOT NULL,

  charge_type TEXT NOT NULL,
  order_ids TEXT NOT NULL CHECK (json_valid(order_ids)),
  order_key TEXT,  -- of the first
  alternate_order_id TEXT,
  order_date TEXT,
  reference_id TEXT,
  reservation_order_id TEXT,
  charge_start TEXT,
  charge_end TEXT,
  subscription_start TEXT,
  subscription_end TEXT,
  term_and_billing_cycle TEXT NOT NULL,
  billing_frequency TEXT NOT NULL,
  credit_reason_code TEXT NOT NULL,
  promotion TEXT NOT NULL,
  price_adjustment_description TEXT NOT NULL,

  unit_price TEXT,
  effective_unit_price TEXT,
  unit_type TEXT NOT NULL,
  quantity TEXT,
  billable_quantity TEXT,
  pricing_currency TEXT CHECK (length(pricing_currency) = 3),
  rate TEXT,
  rate_date TEXT,

  currency TEXT CHECK (length(currency) = 3),
  subtotal TEXT,
  subtotal_millionths INTEGER CHECK (subtotal_millionths IS NULL OR subtotal IS NOT NULL),
  tax TEXT,
  tax_millionths INTEGER CHECK (tax_millionths IS NULL OR tax IS NOT NULL),
  total TEXT,
  total_millionths INTEGER CHECK (total_millionths IS NULL OR total IS NOT NULL),

  platform_subscription TEXT,  -- NULL unless the line has the members of a legacy licence
  licence_amount TEXT CHECK (licence_amount IS NULL OR platform_subscription IS NOT NULL),
  licence_discount TEXT CHECK (licence_discount IS NULL OR platform_subscription IS NOT NULL),
  azure_resource TEXT,  -- NULL unless the line has the members of legacy Azure
  azure_region TEXT CHECK (azure_region IS NULL OR azure_resource IS NOT NULL),
  azure_consumed TEXT CHECK (azure_consumed IS NULL OR azure_resource IS NOT NULL),
  azure_included TEXT CHECK (azure_included IS NULL OR azure_resource IS NOT NULL),
  azure_overage TEXT CHECK (azure_overage IS NULL OR azure_resource IS NOT NULL),
  azure_detail_line TEXT CHECK (azure_detail_line IS NULL OR azure_resource IS NOT NULL),

  PRIMARY KEY (invoice, line_set, page, item),
  FOREIGN KEY (invoice, line_set, page) REFERENCES page ON DELETE CASCADE
) STRICT;
CREATE INDEX charge_customer ON charge (customer_key, invoice, line_set, page, item);
CREATE INDEX charge_order ON charge (order_key) WHERE order_key IS NOT NULL;
-- Lines whose customer is told by their subscription, if at all.
CREATE INDEX charge_without_customer ON charge (subscription_key) WHERE customer_id IS NULL;

-- Daily usage: it explains charges and is never added to them.
CREATE TABLE usage_record (
  invoice TEXT COLLATE NOCASE NOT NULL,
  line_set TEXT NOT NULL,
  page INTEGER NOT NULL,
  item INTEGER NOT NULL CHECK (item >= 0),
  customer_id TEXT,
  subscription_id TEXT,
  entitlement TEXT NOT NULL,
  product_id TEXT,
  sku_id TEXT,
  meter TEXT NOT NULL,
  meter_name TEXT NOT NULL,
  resource TEXT NOT NULL,
  day TEXT,
  charge_type TEXT NOT NULL,
  unit TEXT NOT NULL,
  quantity TEXT,
  unit_price TEXT,
  effective_unit_price TEXT,
  billing_total TEXT,
  billing_total_millionths INTEGER,
  billing_currency TEXT CHECK (length(billing_currency) = 3),
  pricing_total TEXT,
  pricing_currency TEXT CHECK (length(pricing_currency) = 3),
  rate TEXT,
  earned_credit_rate TEXT,
  credit_type TEXT NOT NULL,
  benefit_type TEXT NOT NULL,
  benefit_order_id TEXT,
  PRIMARY KEY (invoice, line_set, page, item),
  FOREIGN KEY (invoice, line_set, page) REFERENCES page ON DELETE CASCADE
) STRICT;

-- Customers and what they bought -------------------------------------------------------------------------------------

CREATE TABLE customer (
  key TEXT NOT NULL PRIMARY KEY CHECK (key NOT IN ('', 'unassigned')),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  domain TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Whether a customer's orders, subscriptions and entitlements could be read. No row: nobody asked.
CREATE TABLE commerce (
  customer_key TEXT NOT NULL PRIMARY KEY REFERENCES customer (key) ON DELETE CASCADE,
  is_known INTEGER NOT NULL CHECK (is_known IN (0, 1)),
  fingerprint TEXT CHECK ((fingerprint IS NULL) = (is_known = 0))
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_order (
  customer_key TEXT NOT NULL REFERENCES commerce (customer_key) ON DELETE CASCADE,
  order_key TEXT NOT NULL CHECK (order_key <> ''),
  ordinal INTEGER NOT NULL,
  customer_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  alternate_id TEXT,
  alternate_key TEXT,
  billing_cycle TEXT NOT NULL,
  currency TEXT CHECK (length(currency) = 3),
  created TEXT,
  status TEXT NOT NULL,
  PRIMARY KEY (customer_key, order_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_order_key ON customer_order (order_key);
CREATE INDEX customer_order_alternate ON customer_order (alternate_key) WHERE alternate_key IS NOT NULL;

CREATE TABLE order_line (
  customer_key TEXT NOT NULL,
  order_key TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  number INTEGER NOT NULL,  -- as printed: what an entitlement refers to
  offer TEXT NOT NULL,
  name TEXT NOT NULL,
  subscription_id TEXT,
  subscription_key TEXT,
  quantity TEXT NOT NULL,
  term_duration TEXT NOT NULL,
  transaction_type TEXT NOT NULL,
  price TEXT,
  extended_price TEXT,
  PRIMARY KEY (customer_key, order_key, ordinal),
  FOREIGN KEY (customer_key, order_key) REFERENCES customer_order ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE subscription (
  customer_key TEXT NOT NULL REFERENCES commerce (customer_key) ON DELETE CASCADE,
  subscription_key TEXT NOT NULL CHECK (subscription_key <> ''),
  ordinal INTEGER NOT NULL,
  customer_id TEXT NOT NULL,
  subscription_id TEXT NOT NULL,
  order_id TEXT,
  order_key TEXT,
  offer TEXT NOT NULL,
  name TEXT NOT NULL,
  quantity TEXT,
  status TEXT NOT NULL,
  created TEXT,
  effective_start TEXT,
  commitment_end TEXT,
  auto_renews INTEGER CHECK (auto_renews IN (0, 1)),
  is_trial INTEGER CHECK (is_trial IN (0, 1)),
  billing_type TEXT NOT NULL,
  billing_cycle TEXT NOT NULL,
  term_duration TEXT NOT NULL,
  product_order_id TEXT,
  migrated_from TEXT,
  PRIMARY KEY (customer_key, subscription_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscription_key ON subscription (subscription_key, customer_key);

CREATE TABLE entitlement (
  customer_key TEXT NOT NULL REFERENCES commerce (customer_key) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  customer_id TEXT NOT NULL,
  reference_order_id TEXT,
  reference_order_key TEXT,
  reference_alternate_order_id TEXT,
  order_line INTEGER,
  product_id TEXT,
  sku_id TEXT,
  quantity TEXT,
  type TEXT NOT NULL,
  included_count INTEGER NOT NULL CHECK (included_count >= 0),
  PRIMARY KEY (customer_key, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE reservation (
  customer_key TEXT NOT NULL,
  entitlement INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  order_key TEXT NOT NULL CHECK (order_key <> ''),
  quantity TEXT,  -- NULL where its details were not read
  link TEXT NOT NULL,
  PRIMARY KEY (customer_key, entitlement, ordinal),
  FOREIGN KEY (customer_key, entitlement) REFERENCES entitlement ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Balance ------------------------------------------------------------------------------------------------------------

CREATE TABLE account_summary (
  endpoint TEXT NOT NULL CHECK (endpoint IN ('summary', 'summaries')),
  ordinal INTEGER NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  balance TEXT NOT NULL,
  balance_millionths INTEGER,
  accounting_date TEXT,
  first_invoice_creation_date TEXT,
  latest_invoice_date TEXT,
  last_payment_date TEXT,
  last_payment_amount TEXT,
  PRIMARY KEY (endpoint, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_summary_detail (
  endpoint TEXT NOT NULL,
  summary INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  invoice_type TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  balance TEXT NOT NULL,
  balance_millionths INTEGER,
  accounting_date TEXT,
  first_invoice_creation_date TEXT,
  latest_invoice_date TEXT,
  last_payment_date TEXT,
  last_payment_amount TEXT,
  PRIMARY KEY (endpoint, summary, ordinal),
  FOREIGN KEY (endpoint, summary) REFERENCES account_summary ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What decoding noticed: members nobody knows, dates nobody can read, repairs. Replaced source by source.
CREATE TABLE decoding_note (
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (source, kind, subject)
) STRICT, WITHOUT ROWID;

-- Results ------------------------------------------------------------------------------------------------------------

-- One row when the last tie is finished and nothing was ingested since; none otherwise.
CREATE TABLE finding (
  only INTEGER NOT NULL PRIMARY KEY DEFAULT 1 CHECK (only = 1),
  run TEXT NOT NULL,
  as_of TEXT NOT NULL,
  period TEXT NOT NULL,
  customer_count INTEGER NOT NULL CHECK (customer_count >= 0)
) STRICT;

-- What became of each charge.
CREATE TABLE tie (
  invoice TEXT COLLATE NOCASE NOT NULL,
  line_set TEXT NOT NULL,
  page INTEGER NOT NULL,
  item INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('tied', 'noted', 'pending', 'mismatched')),
  order_id TEXT,
  order_line INTEGER,
  subscription_id TEXT,
  entitlement TEXT NOT NULL,
  matched_by TEXT NOT NULL,
  formula TEXT NOT NULL,
  notes TEXT NOT NULL CHECK (json_valid(notes)),
  mismatches TEXT NOT NULL CHECK (json_valid(mismatches)),
  PRIMARY KEY (invoice, line_set, page, item),
  FOREIGN KEY (invoice, line_set, page, item) REFERENCES charge ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE mismatch (
  id TEXT NOT NULL PRIMARY KEY CHECK (id GLOB '[A-Za-z]*'),
  ordinal INTEGER NOT NULL,
  rank INTEGER CHECK ((rank IS NULL) = (parent IS NOT NULL)),  -- place in the list, largest amount first
  rule TEXT NOT NULL,
  m_code TEXT NOT NULL,
  cause TEXT NOT NULL CHECK (cause <> ''),
  customer_id TEXT,
  customer_name TEXT NOT NULL,
  invoice TEXT COLLATE NOCASE,
  order_id TEXT,
  subscription_id TEXT,
  product_id TEXT,
  sku_id TEXT CHECK ((sku_id IS NULL) = (product_id IS NULL)),
  detail TEXT NOT NULL,
  product TEXT NOT NULL,
  expected TEXT,
  actual TEXT,
  difference TEXT,  -- expected − actual
  difference_millionths INTEGER,
  weight_millionths INTEGER,  -- how large it is, for sorting
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  state TEXT NOT NULL CHECK (state IN ('open')),
  count INTEGER NOT NULL CHECK (count > 0),
  parent TEXT REFERENCES mismatch (id) DEFERRABLE INITIALLY DEFERRED CHECK (parent <> id)
) STRICT;
CREATE INDEX mismatch_parent ON mismatch (parent);

-- The charges behind a mismatch.
CREATE TABLE mismatch_line (
  mismatch TEXT NOT NULL REFERENCES mismatch (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  invoice TEXT COLLATE NOCASE NOT NULL,
  line_set TEXT NOT NULL,
  page INTEGER NOT NULL,
  item INTEGER NOT NULL,
  PRIMARY KEY (mismatch, ordinal),
  FOREIGN KEY (invoice, line_set, page, item) REFERENCES charge ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX mismatch_line_charge ON mismatch_line (invoice, line_set, page, item);

-- Whether a document's total is proved by its lines.
CREATE TABLE invoice_verdict (
  invoice TEXT COLLATE NOCASE NOT NULL PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  count INTEGER NOT NULL,
  unknown_count INTEGER NOT NULL,
  taxed_count INTEGER NOT NULL,
  subtotal TEXT NOT NULL,
  tax TEXT NOT NULL,
  total TEXT NOT NULL,
  tax_on_total TEXT,
  residual TEXT,  -- NULL where a line prints no total
  residual_millionths INTEGER,
  explanation TEXT NOT NULL,
  mismatch TEXT REFERENCES mismatch (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_verdict_mismatch ON invoice_verdict (mismatch);

CREATE TABLE balance_verdict (
  currency TEXT NOT NULL PRIMARY KEY CHECK (length(currency) = 3),
  ordinal INTEGER NOT NULL,
  balance TEXT,
  details TEXT,
  open_documents TEXT,
  accounting_date TEXT,
  mismatches TEXT NOT NULL CHECK (json_valid(mismatches))
) STRICT, WITHOUT ROWID;

-- Where the lines of each document went, by outcome and by flow.
CREATE TABLE tally (
  invoice TEXT COLLATE NOCASE NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  by TEXT NOT NULL CHECK (by IN ('outcome', 'flow')),
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  unknown_count INTEGER NOT NULL,
  taxed_count INTEGER NOT NULL,
  subtotal TEXT NOT NULL,
  tax TEXT NOT NULL,
  total TEXT NOT NULL,
  PRIMARY KEY (invoice, currency, by, name)
) STRICT, WITHOUT ROWID;
