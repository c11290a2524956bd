// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of an exception's message what may be a secret, and leaves what a developer needs:
 *
 * <pre>
 *  login of user=ann password=hunter2 failed        login of user=*** password=*** failed
 *  {"card":"4111 1111 1111 1111","page":2}          {"card":"***","page":2}
 *  401 for Authorization: Bearer eyJhbGciOi…        401 for Authorization: Bearer ***
 *  Key (email)=(ann@example.com) already exists.    Key (email)=(***) already exists.
 *  … where name = 'Ann'                             … where name = ***
 *  connection to ftp://ann:hunter2@host refused     connection to ftp://***@host refused
 * </pre>
 *
 * <p>The value of every key is masked but for the keys that are allowed; without a key, what looks
 * like a credential: the known forms of tokens, and numbers of payment cards (ISO/IEC 7812: 13 to
 * 19 digits, the last by Luhn's formula). Thread-safe; for Sonde's threads. Time is linear in the
 * message's length.
 */
public final class MessageMask {

  static final String MASK = "***";

  /** What a secret is called, be it with more before it: {@code db_password}. */
  static final String SECRET_NAME =
      "[\\w-]{0,64}(?:passw(?:or)?d|passphrase|pwd|secret|token|credentials?|api-?key"
          + "|authorization|cookie)";

  /** What stands between {@code Authorization:} and the secret. */
  static final String AUTHENTICATION_SCHEME = "(?:bearer|basic|digest|negotiate)\\s{1,8}";

  private static final Pattern JDBC_URL = Pattern.compile("(?i)jdbc:([a-z0-9]+)[^\\s\"')]*");
  private static final Pattern URL_USER = Pattern.compile("://[^/\\s@\"]*+@");

  /** As PostgreSQL tells a key: {@code Key (a, b)=(1, 2)}. */
  private static final Pattern SQL_KEY = Pattern.compile("\\)=\\([^)]*\\)?");

  /** Not an apostrophe: what stands before it is no letter. */
  private static final Pattern SQL_LITERAL = Pattern.compile("(?<![\\p{L}\\p{N}])'[^']*+'?");

  /** {@code key=}, {@code "key": }; a colon alone only where the key is quoted. */
  private static final Pattern KEY =
      Pattern.compile(
          "([\\p{L}\\p{N}_.-]{1,128}+)(?:\"?\\s{0,8}=\\s{0,8}|\"\\s{0,8}:\\s{0,8})(?=\\S)");

  /** The name of a secret, and what follows it: {@code Password: x}, {@code token is x}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)("
              + SECRET_NAME
              + ")(\"?\\s{0,8}:\\s{0,8}|\\s{1,8}(?:is\\s{1,8}|was\\s{1,8})?)(?:"
              + AUTHENTICATION_SCHEME
              + ")?([^\\s,;)\\]}]++)");

  /** Of words that follow a secret's name in a sentence; all others are taken for the secret. */
  private static final Set<String> PLAIN_WORDS = words();

  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b(" + AUTHENTICATION_SCHEME + ")[\\w.~+/=-]{8,}+");

  /** JWT, and the prefixes by which their makers want tokens to be found. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\beyJ[\\w-]{8,}+(?:\\.[\\w-]*+){0,2}|\\b(?:AKIA|ASIA)[A-Z0-9]{16}"
              + "|\\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|[sr]k_(?:live|test)_|hvs\\.|npm_"
              + "|AIza|ya29\\.|SG\\.|sk-)[\\w.-]{10,}+"
              + "|-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----[^-]*+(?:-----END[^-]*+-----)?");

  private static final Pattern CARD =
      Pattern.compile("(?<![\\w.-])\\d(?:[ -]?\\d){12,18}(?![\\w-])");

  private final Set<String> allowed = new HashSet<>();

  /** Keys are compared without regard to case. */
  public MessageMask(Collection<String> allowed) {
    for (String key : allowed) {
      this.allowed.add(key.toLowerCase(Locale.ROOT));
    }
  }

  /** Null stays null. */
  public @Nullable String mask(@Nullable String message) {
    if (message == null || message.isEmpty()) {
      return message;
    }
    String text = SQL_KEY.matcher(urls(message)).replaceAll(")=(" + MASK + ')');
    text = SQL_LITERAL.matcher(text).replaceAll(MASK);
    return tokens(named(pairs(text)));
  }

  /** JDBC URLs whole, since each driver has its own way to write a password; of others the user. */
  static String urls(String text) {
    String masked = JDBC_URL.matcher(text).replaceAll("jdbc:$1:" + MASK);
    return URL_USER.matcher(masked).replaceAll("://" + MASK + '@');
  }

  /** What looks like a credential wherever it stands. */
  public static String tokens(String text) {
    String masked = SCHEME.matcher(text).replaceAll("$1" + MASK);
    masked = TOKEN.matcher(masked).replaceAll(MASK);
    return cards(masked);
  }

  /** A value that has a name, as a key of the MDC: masked when the name is that of a secret. */
  public String mask(String name, String value) {
    boolean secret =
        !allowed.contains(name.toLowerCase(Locale.ROOT)) && NAMED.matcher(name + ": x").find();
    return secret ? MASK : tokens(value);
  }

  private String pairs(String text) {
    Matcher matcher = KEY.matcher(text);
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    while (matcher.find(from)) {
      int end = valueEnd(text, matcher.end());
      boolean shown = allowed.contains(matcher.group(1).toLowerCase(Locale.ROOT));
      masked.append(text, from, shown ? end : matcher.end());
      if (!shown && end > matcher.end()) {
        masked.append(text.charAt(matcher.end()) == '"' ? '"' + MASK + '"' : MASK);
      }
      from = end;
    }
    return masked.append(text, from, text.length()).toString();
  }

  /** By hand: a pattern with an escape in it would need as much stack as the value is long. */
  private static int valueEnd(String text, int from) {
    boolean quoted = text.charAt(from) == '"';
    for (int i = quoted ? from + 1 : from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (quoted && c == '"') {
        return i + 1;
      } else if (!quoted && (Character.isWhitespace(c) || ",;&)]}\"".indexOf(c) >= 0)) {
        return i;
      }
    }
    return text.length();
  }

  private static String named(String text) {
    Matcher matcher = NAMED.matcher(text);
    StringBuffer masked = new StringBuffer(text.length());
    while (matcher.find()) {
      boolean sentence = matcher.group(2).indexOf(':') < 0;
      String value = matcher.group(3).toLowerCase(Locale.ROOT);
      if (!value.contains(MASK) && !(sentence && PLAIN_WORDS.contains(value))) {
        replaceValue(text, matcher, 3, MASK, masked);
      }
    }
    return matcher.appendTail(masked).toString();
  }

  private static void replaceValue(
      String text, Matcher matcher, int group, String value, StringBuffer to) {
    String before = text.substring(matcher.start(), matcher.start(group));
    matcher.appendReplacement(to, Matcher.quoteReplacement(before + value));
  }

  private static String cards(String text) {
    Matcher matcher = CARD.matcher(text);
    StringBuffer masked = new StringBuffer(text.length());
    while (matcher.find()) {
      if (isLuhn(matcher.group())) {
        matcher.appendReplacement(masked, MASK);
      }
    }
    return matcher.appendTail(masked).toString();
  }

  /** Every second digit from the last but one on counts twice, with its digits added. */
  private static boolean isLuhn(String number) {
    int sum = 0;
    boolean twice = false;
    for (int i = number.length() - 1; i >= 0; i--) {
      int digit = number.charAt(i) - '0';
      if (digit >= 0 && digit <= 9) {
        int counted = twice ? 2 * digit : digit;
        sum += counted > 9 ? counted - 9 : counted;
        twice = !twice;
      }
    }
    return sum % 10 == 0;
  }

  private static Set<String> words() {
    Set<String> words = new HashSet<>();
    for (String word :
        ("a an and are as at authentication by can cannot can't change changed check contains"
                + " could did do does doesn't encoder encoding endpoint exchange expected expired"
                + " failed file for format found from has have header in incorrect invalid is isn't"
                + " length manager may mismatch missing must no not of on or policy provided"
                + " provider refresh refused rejected required reset revoked service shall should"
                + " store too type unknown validation value was were will with would wrong")
            .split(" ")) {
      words.add(word);
    }
    return words;
  }
}
