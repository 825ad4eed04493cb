// Sorting, filtering and unfolding of the slippage table. The page reads the same without it.
(() => {
  const table = document.getElementById("rows");
  if (!table) return;
  const form = document.getElementById("filter"), shown = document.getElementById("shown"), unfold = document.getElementById("unfold");
  const heads = [...table.tHead.rows[0].cells];
  const keys = heads.map((head) => head.firstElementChild.dataset.key);
  const rows = [...table.tBodies].map((body) => {
    const cells = [...body.rows[0].cells].map((cell) => cell.textContent.trim());
    const value = Object.fromEntries(keys.map((key, place) => [key, cells[place]]));
    return {
      body, value, period: body.dataset.period, words: body.textContent.toLowerCase(),
      sort: { ...value, rank: +value.rank, slip_count: +value.slip_count, light: +body.dataset.order, due: body.dataset.due || "9999" },
    };
  });
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));

  const filter = () => {
    const asked = Object.fromEntries(new FormData(form));
    const words = asked.words.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const keep = ["office", "status", "light"].every((key) => !asked[key] || row.value[key] === asked[key])
        && (!asked.period || row.period === asked.period) && words.every((word) => row.words.includes(word));
      row.body.hidden = !keep;
      count += keep;
    }
    shown.value = shown.dataset.text.replace("{n}", count);
  };

  const sort = (head, key) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort((a, b) => (down ? -1 : 1) * compare(a.sort[key], b.sort[key]) || a.sort.rank - b.sort.rank);
    table.append(...rows.map((row) => row.body));
  };

  for (const head of heads) {
    const button = head.firstElementChild;
    button.disabled = false;
    button.addEventListener("click", () => sort(head, button.dataset.key));
  }
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", open);
    for (const row of rows) if (!row.body.hidden || !open) row.body.querySelector("details").open = open;
  });
})();
