// SPDX-License-Identifier: Apache-2.0

/// What sorts and filters the overview's table. It reads text and attributes and moves rows; it makes no markup of anything.
enum ClassScript {
  /// The text within `script`.
  static let javaScript = """
    "use strict";
    (() => {
      const table = document.getElementById("students");
      const body = table.tBodies[0];
      const rows = [...body.rows];
      const find = document.getElementById("find");
      const verdict = document.getElementById("verdict");
      const count = document.getElementById("count");
      const heads = [...table.tHead.rows[0].cells];
      const texts = new Map(rows.map((row) => [row, row.cells[0].textContent.toLowerCase()]));
      const filter = () => {
        const wanted = find.value.trim().toLowerCase();
        let shown = 0;
        for (const row of rows) {
          row.hidden = !texts.get(row).includes(wanted) || (verdict.value !== "" && row.dataset.verdict !== verdict.value);
          if (!row.hidden) shown += 1;
        }
        count.textContent = shown === rows.length ? "" : shown + " of " + rows.length;
      };
      const sort = (column) => {
        const head = heads[column];
        // What is asked for first: names from A on, of everything else the most.
        const first = column === 0 ? "ascending" : "descending";
        const other = column === 0 ? "descending" : "ascending";
        const order = head.getAttribute("aria-sort") === first ? other : first;
        for (const each of heads) each.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const value = (row) => row.cells[column].dataset.v;
        const compare = (a, b) => column === 0 ? value(a).localeCompare(value(b)) : Number(value(a)) - Number(value(b));
        const places = new Map(rows.map((row, place) => [row, place]));
        body.append(...[...rows].sort((a, b) => sign * compare(a, b) || places.get(a) - places.get(b)));
      };
      heads.forEach((head, column) => {
        const button = document.createElement("button");
        button.type = "button";
        button.append(...head.childNodes);
        button.addEventListener("click", () => sort(column));
        head.append(button);
      });
      find.addEventListener("input", filter);
      verdict.addEventListener("change", filter);
      document.getElementById("tools").hidden = false;
      filter();
    })();
    """
}
