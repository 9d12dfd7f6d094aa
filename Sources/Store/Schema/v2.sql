-- What was bought through Tieout, and what did the service answer?
--
-- The journal is the one thing in the file that no archive has: it is written before a purchase is sent and never dropped.
-- What a run knows of it stands apart, in the tables named bought…, because a replay elsewhere has no journal.

-- The journal --------------------------------------------------------------------------------------------------------

-- A cart that was made, changed or read through Tieout.
CREATE TABLE purchase_cart (
  cart_key TEXT NOT NULL PRIMARY KEY CHECK (cart_key <> ''),
  cart_id TEXT NOT NULL,
  customer_key TEXT NOT NULL CHECK (customer_key NOT IN ('', 'unassigned')),
  customer_id TEXT NOT NULL,
  begun TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A cart as it was seen: one row for each time its lines or prices had changed.
CREATE TABLE purchase_sighting (
  cart_key TEXT NOT NULL REFERENCES purchase_cart (cart_key) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 0),
  seen TEXT NOT NULL,
  status TEXT NOT NULL,  -- as the service printed it
  PRIMARY KEY (cart_key, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE purchase_line (
  cart_key TEXT NOT NULL,
  sighting INTEGER NOT NULL,
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  offer TEXT NOT NULL CHECK (offer <> ''),
  name TEXT NOT NULL,
  quantity TEXT NOT NULL,
  term_duration TEXT NOT NULL,
  billing_cycle TEXT NOT NULL,
  promotion TEXT NOT NULL,
  order_group TEXT NOT NULL,
  currency TEXT CHECK (length(currency) = 3),
  list_price TEXT,  -- of one unit, as all prices but the last
  discounted_price TEXT,
  prorated_price TEXT,
  price TEXT,
  extended_price TEXT,  -- of the whole quantity for the whole term
  PRIMARY KEY (cart_key, sighting, ordinal),
  FOREIGN KEY (cart_key, sighting) REFERENCES purchase_sighting ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A check-out, written down before it was sent.
CREATE TABLE purchase_checkout (
  cart_key TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 0),
  sighting INTEGER NOT NULL,  -- what was about to be bought
  request_id TEXT NOT NULL CHECK (request_id <> ''),
  sent TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sent', 'done', 'partly', 'unclear', 'resolved', 'refused')),
  cause TEXT NOT NULL,
  ended TEXT CHECK ((ended IS NULL) = (state IN ('sent', 'unclear'))),
  PRIMARY KEY (cart_key, number),
  FOREIGN KEY (cart_key, sighting) REFERENCES purchase_sighting
) STRICT, WITHOUT ROWID;
-- A cart is bought once: a second check-out takes a first one that bought nothing.
CREATE UNIQUE INDEX purchase_checkout_once ON purchase_checkout (cart_key) WHERE state <> 'refused';

CREATE TABLE purchase_order (
  cart_key TEXT NOT NULL,
  checkout INTEGER NOT NULL,
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  order_id TEXT NOT NULL CHECK (order_id <> ''),
  alternate_id TEXT,
  order_group TEXT,  -- NULL where the order does not tell from which group it was made
  PRIMARY KEY (cart_key, checkout, ordinal),
  FOREIGN KEY (cart_key, checkout) REFERENCES purchase_checkout ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Order groups that did not become orders.
CREATE TABLE purchase_error (
  cart_key TEXT NOT NULL,
  checkout INTEGER NOT NULL,
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  order_group TEXT NOT NULL,
  code INTEGER,
  words TEXT NOT NULL,
  PRIMARY KEY (cart_key, checkout, ordinal),
  FOREIGN KEY (cart_key, checkout) REFERENCES purchase_checkout ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What a run knows ---------------------------------------------------------------------------------------------------

-- The purchases a run took as evidence; replaced whole.
CREATE TABLE bought (
  customer_key TEXT NOT NULL CHECK (customer_key NOT IN ('', 'unassigned')),
  cart_key TEXT NOT NULL CHECK (cart_key <> ''),
  customer_id TEXT NOT NULL,
  cart_id TEXT NOT NULL,
  checked_out TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sent', 'done', 'partly', 'unclear', 'resolved', 'refused')),
  PRIMARY KEY (customer_key, cart_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE bought_line (
  customer_key TEXT NOT NULL,
  cart_key TEXT NOT NULL,
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  offer TEXT NOT NULL CHECK (offer <> ''),
  name TEXT NOT NULL,
  quantity TEXT NOT NULL,
  term_duration TEXT NOT NULL,
  billing_cycle TEXT NOT NULL,
  promotion TEXT NOT NULL,
  order_group TEXT NOT NULL,
  currency TEXT CHECK (length(currency) = 3),
  list_price TEXT,
  discounted_price TEXT,
  prorated_price TEXT,
  price TEXT,
  extended_price TEXT,
  failure TEXT NOT NULL,  -- why the line became no order; '' where it did
  PRIMARY KEY (customer_key, cart_key, ordinal),
  FOREIGN KEY (customer_key, cart_key) REFERENCES bought ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE bought_order (
  customer_key TEXT NOT NULL,
  cart_key TEXT NOT NULL,
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  order_id TEXT NOT NULL CHECK (order_id <> ''),
  alternate_id TEXT,
  order_group TEXT,
  PRIMARY KEY (customer_key, cart_key, ordinal),
  FOREIGN KEY (customer_key, cart_key) REFERENCES bought ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Two sources for one set ----------------------------------------------------------------------------------------------

-- A set whose lines were read from two sources and compared.
CREATE TABLE source_comparison (
  invoice TEXT COLLATE NOCASE NOT NULL,
  line_set TEXT NOT NULL,
  fingerprint TEXT NOT NULL,  -- of the bodies of both sides: the same ones need not be compared again
  PRIMARY KEY (invoice, line_set)
) STRICT, WITHOUT ROWID;

-- What the two say differently, a row for each currency.
CREATE TABLE source_difference (
  invoice TEXT COLLATE NOCASE NOT NULL,
  line_set TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  counted_source TEXT NOT NULL,
  other_source TEXT NOT NULL,
  only_counted INTEGER NOT NULL CHECK (only_counted >= 0),
  only_other INTEGER NOT NULL CHECK (only_other >= 0),
  counted_sum TEXT,
  other_sum TEXT,
  PRIMARY KEY (invoice, line_set, currency),
  FOREIGN KEY (invoice, line_set) REFERENCES source_comparison ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
