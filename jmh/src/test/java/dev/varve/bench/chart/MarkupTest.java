package dev.varve.bench.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** Whatever stands in a text stays a text. */
class MarkupTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "</text><script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "' onload='alert(1)",
        "&lt; &amp;",
        "]]>",
        "<!--",
        "a\nb\tc",
        "\uD83D\uDE00"
      })
  void textsAndValuesComeBackAsTheyWere(String hostile) throws Exception {
    String text = new Markup().element("a", hostile, "b", hostile).toString();
    var parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(text)))
            .getDocumentElement();
    assertEquals(hostile, parsed.getTextContent());
    assertEquals(1, parsed.getAttributes().getLength());
    assertEquals(0, parsed.getElementsByTagName("*").getLength());
  }

  @Test
  void charactersThatXmlDoesNotHaveAreReplaced() {
    String text = new Markup().text("a\u0000b\u001Bc\uD800d\uFFFEe\u0085f").toString();
    assertEquals("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf", text);
  }

  @Test
  void coordinatesHaveOneDecimalAndNoNegativeZero() {
    assertEquals("12.3", Markup.number(12.345));
    assertEquals("12", Markup.number(12.04));
    assertEquals("0", Markup.number(-0.01));
  }

  @Test
  void styleSheetsNeedNoEscaping() {
    assertTrue(Chart.style().contains("prefers-color-scheme: dark"));
    assertEquals(Chart.style(), Markup.escaped(Chart.style()));
    assertFalse(Chart.style().contains("url("));
  }
}
