// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code _bulk} has answered, a result for each line in their order. What is not known is
 * skipped.
 *
 * <pre>{"errors":true,"items":[{"create":{"status":201}},
 *  {"create":{"status":400,"error":{"type":"document_parsing_exception","reason":"…"}}}]}</pre>
 */
final class BulkAnswer {

  /** What to ask for: the rest is three times as long. */
  static final String FILTER =
      "filter_path=items.*.status,items.*.error.type,items.*.error.reason,error.type";

  private static final int MAX_SHOWN = 160;

  private static final JsonFactory JSON = new JsonFactory();

  private final List<Item> items = new ArrayList<>();
  private @Nullable String errorType;

  private BulkAnswer() {}

  /**
   * Reads an answer.
   *
   * @throws IOException when it is not JSON
   */
  static BulkAnswer parse(String text) throws IOException {
    BulkAnswer answer = new BulkAnswer();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        answer.read(json);
      }
    }
    return answer;
  }

  /** Of what was sent, in its order. */
  List<Item> items() {
    return items;
  }

  /** Of the request as a whole, e.g. {@code security_exception}; empty when it does not tell. */
  static String errorType(String text) {
    try {
      String type = parse(text).errorType;
      return type == null ? "" : " " + shown(type);
    } catch (IOException notElasticsearch) {
      return "";
    }
  }

  private void read(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("items") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          items.add(item(json));
        }
      } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
        Item whole = new Item();
        whole.readError(json);
        errorType = whole.type;
      } else {
        json.skipChildren();
      }
    }
  }

  /** One field, named by the action, with the result as its value. */
  private static Item item(JsonParser json) throws IOException {
    Item item = new Item();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        item.read(json);
      } else {
        json.skipChildren();
      }
    }
    return item;
  }

  /**
   * Up to the first quote: what stands between quotes may be a value of the line, and a line's
   * values are for its destination only.
   */
  private static String shown(String text) {
    int end = Math.min(text.length(), MAX_SHOWN);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        return text.substring(0, i).trim();
      }
    }
    return text.substring(0, end);
  }

  /** What became of one line. */
  static final class Item {

    private int status;
    private String type = "";
    private String reason = "";

    private Item() {}

    /** It is there: just now, or since it was sent before. */
    boolean taken() {
      return status / 100 == 2 || status == 409;
    }

    /** The server is busy or in trouble: later it may take it. */
    boolean later() {
      return status == 429 || status >= 500;
    }

    int status() {
      return status;
    }

    String type() {
      return shown(type);
    }

    String reason() {
      return shown(reason);
    }

    private void read(JsonParser json) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("status") && value == JsonToken.VALUE_NUMBER_INT) {
          status = json.getIntValue();
        } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
          readError(json);
        } else {
          json.skipChildren();
        }
      }
    }

    private void readError(JsonParser json) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("type") && value == JsonToken.VALUE_STRING) {
          type = json.getText();
        } else if (name.equals("reason") && value == JsonToken.VALUE_STRING) {
          reason = json.getText();
        } else {
          json.skipChildren();
        }
      }
    }
  }
}
