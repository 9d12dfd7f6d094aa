-- Views for people with `sqlite3` at hand. None of them adds amounts.

-- How does the balance of a currency come down to documents, their sets and their lines?
DROP VIEW IF EXISTS invoice_chain;
CREATE VIEW invoice_chain AS
SELECT
  document.currency,
  balance_verdict.balance,
  document.id AS invoice,
  document.month,
  document.document_type,
  document.amends,
  document.counted_total,
  document_set.line_set,
  line_set.invoice IS NOT NULL OR document_set.line_set IS NULL AS is_fetched,
  line_set.page_count,
  line_set.item_count,
  invoice_verdict.total AS lines_total,
  invoice_verdict.residual,
  invoice_verdict.explanation,
  invoice_verdict.mismatch
FROM document
LEFT JOIN document_set ON document_set.invoice = document.id
LEFT JOIN line_set ON line_set.invoice = document_set.invoice AND line_set.line_set = document_set.line_set
LEFT JOIN invoice_verdict ON invoice_verdict.invoice = document.id
LEFT JOIN balance_verdict ON balance_verdict.currency = document.currency
ORDER BY document.currency, document.ordinal, document_set.ordinal;

-- What became of each charge, in the words of the line?
DROP VIEW IF EXISTS charge_outcome;
CREATE VIEW charge_outcome AS
SELECT
  charge.invoice, charge.line_set, charge.page, charge.item,
  charge.customer_key, charge.customer_name, charge.product_name, charge.sku_name, charge.charge_type, charge.flow,
  charge.currency, charge.subtotal, charge.tax, charge.total, charge.total_millionths,
  tie.outcome, tie.matched_by, tie.formula, tie.order_id, tie.order_line, tie.subscription_id, tie.entitlement,
  tie.notes, tie.mismatches,
  page.body
FROM charge
JOIN page USING (invoice, line_set, page)
LEFT JOIN tie USING (invoice, line_set, page, item);

-- What is wrong, the largest amount first? Consequences hang beneath their cause and are left out.
DROP VIEW IF EXISTS mismatch_list;
CREATE VIEW mismatch_list AS
SELECT
  id, rule, m_code, cause, customer_id, customer_name, invoice, order_id, subscription_id, product,
  expected, actual, difference, currency, state, count
FROM mismatch
WHERE parent IS NULL
ORDER BY rank;

-- Which members did the service print that nobody here knows?
DROP VIEW IF EXISTS unknown_member;
CREATE VIEW unknown_member AS
SELECT
  substr(subject, 1, instr(subject, '.') - 1) AS resource,
  substr(subject, instr(subject, '.') + 1) AS member,
  count,
  source
FROM decoding_note
WHERE kind = 'unknown member'
ORDER BY resource, member, source;
