// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

/**
 * One alert, for whichever store.
 *
 * @param name in words
 * @param question its series are judged one by one
 * @param above true: too much is bad; false: too little
 * @param forMinutes how long it must be so
 * @param severity {@code warning} or {@code critical}
 * @param summary one line, behind which stands which series it is
 * @param whatToDo the first steps of whoever is woken
 */
public record Alert(
    String name,
    Question question,
    boolean above,
    double threshold,
    int forMinutes,
    String severity,
    String summary,
    String whatToDo) {}
