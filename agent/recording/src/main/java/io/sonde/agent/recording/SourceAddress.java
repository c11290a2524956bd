// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A caller's address as far as it may be shown. Never asks a name server. What is no address is not
 * shown at all: a field of Elasticsearch's type {@code ip} would refuse the whole line.
 */
public final class SourceAddress {

  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int GROUPS = 8;

  private SourceAddress() {}

  /** {@code 192.0.2.17} → {@code 192.0.2.0}, {@code 2001:db8:1:2::3} → {@code 2001:db8:1::}. */
  public static @Nullable String shown(@Nullable String address, ClientIp setting) {
    if (address == null || address.length() > 64 || setting == ClientIp.OFF) {
      return null;
    }
    String bare = withoutZone(address);
    boolean masked = setting == ClientIp.MASKED;
    if (isIpv4(bare)) {
      return masked ? bare.substring(0, bare.lastIndexOf('.')) + ".0" : bare;
    }
    List<String> groups = groups(bare);
    return groups == null ? null : masked ? mask(bare, groups) : bare;
  }

  /** Dotted decimal without leading zeros. By hand: it is asked for every request. */
  private static boolean isIpv4(String text) {
    int parts = 0;
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('.', from);
      if (!isByte(text, from, end < 0 ? text.length() : end) || ++parts == 4) {
        return parts == 4 && end < 0;
      }
      from = end < 0 ? text.length() : end + 1;
    }
    return false;
  }

  private static boolean isByte(String text, int from, int end) {
    int value = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || i - from > 2) {
        return false;
      }
      value = value * 10 + c - '0';
    }
    boolean leadingZero = end - from > 1 && text.charAt(from) == '0';
    return end > from && value <= 255 && !leadingZero;
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    String bare = zone < 0 ? address : address.substring(0, zone);
    return bare.startsWith("[") && bare.endsWith("]") ? bare.substring(1, bare.length() - 1) : bare;
  }

  /** Of a /48 what is left, or of an IPv4 address in IPv6 form what is left of a /24. */
  private static String mask(String address, List<String> groups) {
    int dot = address.lastIndexOf('.');
    if (dot >= 0) {
      return address.substring(0, dot) + ".0";
    }
    if (isMapped(groups)) {
      int low = Integer.parseInt(groups.get(7), 16) & 0xff00;
      return "::ffff:" + groups.get(6) + ":" + Integer.toHexString(low);
    }
    return groups.get(0) + ":" + groups.get(1) + ":" + groups.get(2) + "::";
  }

  private static boolean isMapped(List<String> groups) {
    for (int i = 0; i < 5; i++) {
      if (Integer.parseInt(groups.get(i), 16) != 0) {
        return false;
      }
    }
    return groups.get(5).equalsIgnoreCase("ffff");
  }

  /** All eight, with {@code ::} filled in; null when it is no IPv6 address. */
  private static @Nullable List<String> groups(String address) {
    int gap = address.indexOf("::");
    List<String> head = split(gap < 0 ? address : address.substring(0, gap));
    List<String> tail = gap < 0 ? new ArrayList<>() : split(address.substring(gap + 2));
    if (head == null || tail == null) {
      return null;
    }
    int missing = GROUPS - head.size() - tail.size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      return null;
    }
    for (int i = 0; i < missing; i++) {
      head.add("0");
    }
    head.addAll(tail);
    return head;
  }

  private static @Nullable List<String> split(String part) {
    List<String> groups = new ArrayList<>();
    if (part.isEmpty()) {
      return groups;
    }
    for (String group : part.split(":", -1)) {
      if (isIpv4(group) && part.endsWith(":" + group)) {
        // An IPv4 address fills the last two; only that they are there matters.
        groups.add("0");
        groups.add("0");
      } else if (GROUP.matcher(group).matches()) {
        groups.add(group);
      } else {
        return null;
      }
    }
    return groups;
  }
}
