/// The published schema of the XML reports, written beside them.
public enum ReportSchema {
  public static let fileName = "tieout.xsd"
  public static let namespace = "urn:tieout:report:1"

  public static let text = #"""
    <?xml version="1.0" encoding="UTF-8"?>
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:tieout:report:1"
               targetNamespace="urn:tieout:report:1" elementFormDefault="qualified">
      <xs:annotation>
        <xs:documentation>
          The reports of Tieout. An element that is missing is unknown or not applicable, and never zero. Text is
          exactly what the service sent; characters XML does not know are U+FFFD.
        </xs:documentation>
      </xs:annotation>

      <!-- What is wrong, largest amount first. -->
      <xs:element name="mismatches">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="mismatch" type="mismatch" minOccurs="0" maxOccurs="unbounded"/>
          </xs:sequence>
          <xs:attributeGroup ref="facts"/>
        </xs:complexType>
      </xs:element>

      <xs:complexType name="mismatch">
        <xs:sequence>
          <xs:element name="id" type="mismatchID"/>
          <xs:element name="rule" type="xs:NMTOKEN"/>
          <xs:element name="m_code" type="xs:string" minOccurs="0"/>
          <xs:element name="cause" type="xs:string" minOccurs="0"/>
          <xs:element name="customer_id" type="xs:string" minOccurs="0"/>
          <xs:element name="customer_name" type="xs:string" minOccurs="0"/>
          <xs:element name="invoice_id" type="xs:string" minOccurs="0"/>
          <xs:element name="order_id" type="xs:string" minOccurs="0"/>
          <xs:element name="subscription_id" type="xs:string" minOccurs="0"/>
          <xs:element name="product" type="xs:string" minOccurs="0"/>
          <xs:element name="expected" type="amount" minOccurs="0"/>
          <xs:element name="actual" type="amount" minOccurs="0"/>
          <!-- expected − actual -->
          <xs:element name="difference" type="amount" minOccurs="0"/>
          <xs:element name="currency" type="currency"/>
          <xs:element name="state" type="xs:NMTOKEN"/>
          <!-- Equal findings behind it. -->
          <xs:element name="count" type="xs:nonNegativeInteger"/>
          <!-- Invoice lines it concerns. -->
          <xs:element name="lines" type="xs:nonNegativeInteger"/>
          <xs:element name="consequences" minOccurs="0">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="mismatch" type="mismatch" maxOccurs="unbounded"/>
              </xs:sequence>
            </xs:complexType>
          </xs:element>
        </xs:sequence>
      </xs:complexType>

      <!-- Balance, documents and lines of one currency, and how each step proves the next. -->
      <xs:element name="chain">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="step" type="step" minOccurs="0" maxOccurs="unbounded"/>
          </xs:sequence>
          <xs:attributeGroup ref="facts"/>
        </xs:complexType>
      </xs:element>

      <xs:complexType name="step">
        <xs:sequence>
          <xs:element name="step">
            <xs:simpleType>
              <xs:restriction base="xs:NMTOKEN">
                <xs:enumeration value="balance"/>
                <xs:enumeration value="document"/>
                <!-- Lines of this currency that belong to the total of no document in it. -->
                <xs:enumeration value="other_lines"/>
                <xs:enumeration value="total"/>
              </xs:restriction>
            </xs:simpleType>
          </xs:element>
          <xs:element name="currency" type="currency"/>
          <xs:element name="document_id" type="xs:string" minOccurs="0"/>
          <xs:element name="amends" type="xs:string" minOccurs="0"/>
          <xs:element name="document_type" type="xs:string" minOccurs="0"/>
          <xs:element name="commerce" type="xs:string" minOccurs="0"/>
          <xs:element name="document_date" type="xs:date" minOccurs="0"/>
          <xs:element name="month" type="xs:gYearMonth" minOccurs="0"/>
          <!-- Signs of amendments are not documented by the service: this is how the document was read. -->
          <xs:element name="counted_as" type="xs:string" minOccurs="0"/>
          <xs:element name="printed_total" type="amount" minOccurs="0"/>
          <xs:element name="counted_total" type="amount" minOccurs="0"/>
          <xs:element name="lines" type="xs:nonNegativeInteger" minOccurs="0"/>
          <!-- Lines that print no total: they are in no sum. -->
          <xs:element name="lines_without_total" type="xs:nonNegativeInteger" minOccurs="0"/>
          <xs:element name="lines_subtotal" type="amount" minOccurs="0"/>
          <xs:element name="lines_tax" type="amount" minOccurs="0"/>
          <xs:element name="lines_total" type="amount" minOccurs="0"/>
          <xs:element name="tax_on_total" type="amount" minOccurs="0"/>
          <!-- Total − (lines + tax on the total): zero is proved. -->
          <xs:element name="residual" type="amount" minOccurs="0"/>
          <xs:group ref="parts"/>
          <xs:element name="balance" type="amount" minOccurs="0"/>
          <xs:element name="balance_details" type="amount" minOccurs="0"/>
          <xs:element name="details_residual" type="amount" minOccurs="0"/>
          <xs:element name="open_documents" type="amount" minOccurs="0"/>
          <xs:element name="open_documents_residual" type="amount" minOccurs="0"/>
          <xs:element name="accounting_date" type="xs:dateTime" minOccurs="0"/>
          <xs:element name="verdict" type="xs:string"/>
          <!-- Ids in the mismatch list, separated by blanks. -->
          <xs:element name="mismatch_ids" minOccurs="0">
            <xs:simpleType>
              <xs:list itemType="mismatchID"/>
            </xs:simpleType>
          </xs:element>
        </xs:sequence>
      </xs:complexType>

      <!-- The lines twice over: by what became of them, and by what they charge. Each adds up to all lines. -->
      <xs:group name="parts">
        <xs:sequence>
          <xs:element name="tied_lines" type="xs:nonNegativeInteger" minOccurs="0"/>
          <xs:element name="tied_total" type="amount" minOccurs="0"/>
          <xs:element name="noted_lines" type="xs:nonNegativeInteger" minOccurs="0"/>
          <xs:element name="noted_total" type="amount" minOccurs="0"/>
          <xs:element name="pending_lines" type="xs:nonNegativeInteger" minOccurs="0"/>
          <xs:element name="pending_total" type="amount" minOccurs="0"/>
          <xs:element name="mismatched_lines" type="xs:nonNegativeInteger" minOccurs="0"/>
          <xs:element name="mismatched_total" type="amount" minOccurs="0"/>
          <xs:element name="one_time_lines" type="xs:nonNegativeInteger" minOccurs="0"/>
          <xs:element name="one_time_total" type="amount" minOccurs="0"/>
          <xs:element name="recurring_lines" type="xs:nonNegativeInteger" minOccurs="0"/>
          <xs:element name="recurring_total" type="amount" minOccurs="0"/>
          <xs:element name="usage_lines" type="xs:nonNegativeInteger" minOccurs="0"/>
          <xs:element name="usage_total" type="amount" minOccurs="0"/>
          <xs:element name="credit_lines" type="xs:nonNegativeInteger" minOccurs="0"/>
          <xs:element name="credit_total" type="amount" minOccurs="0"/>
        </xs:sequence>
      </xs:group>

      <xs:attributeGroup name="facts">
        <xs:attribute name="period" type="xs:gYearMonth" use="required"/>
        <xs:attribute name="as_of" type="xs:dateTime" use="required"/>
        <!-- Which state of the rules decided. -->
        <xs:attribute name="rules" type="xs:string" use="required"/>
        <!-- Missing where the report covers all currencies. -->
        <xs:attribute name="currency" type="currency"/>
      </xs:attributeGroup>

      <!-- A plain decimal, never in scientific notation. Not xs:decimal: readers need to keep only 18 digits of that,
           and the service prints more. -->
      <xs:simpleType name="amount">
        <xs:restriction base="xs:token">
          <xs:pattern value="-?[0-9]+(\.[0-9]+)?"/>
        </xs:restriction>
      </xs:simpleType>

      <!-- ISO 4217; XXX where a line prints no currency. -->
      <xs:simpleType name="currency">
        <xs:restriction base="xs:token">
          <xs:pattern value="[A-Z]{3}"/>
        </xs:restriction>
      </xs:simpleType>

      <!-- Begins with a letter, so that a spreadsheet keeps it as text. -->
      <xs:simpleType name="mismatchID">
        <xs:restriction base="xs:token">
          <xs:pattern value="[A-Za-z][A-Za-z0-9-]*"/>
        </xs:restriction>
      </xs:simpleType>
    </xs:schema>

    """#
}
