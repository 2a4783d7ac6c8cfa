/** What a row is sorted by; numbers and texts are not mixed in one column. */
type SortKey = number | string | null;

/** Puts a button into each head of each table of the report; it sorts the rows, up and down in turn. */
export function sortableTables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('.table table')) {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    const body = table.tBodies[0];
    if (body === undefined || body.rows.length < 2) continue;
    for (const [place, head] of heads.entries()) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        // What is measured is looked at from its top first.
        const first = head.classList.contains('number') ? 'descending' : 'ascending';
        const other = first === 'ascending' ? 'descending' : 'ascending';
        const order = head.getAttribute('aria-sort') === first ? other : first;
        for (const each of heads) each.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', order);
        sortRows(body, place, order === 'ascending' ? 1 : -1);
      });
    }
  }
}

/** Rows of which nothing is known stay last, whatever the order; equal ones as they are. */
function sortRows(body: HTMLTableSectionElement, place: number, sign: 1 | -1): void {
  const rows = [...body.rows].map((row) => ({ row, key: keyOf(row.cells[place]) }));
  rows.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return sign * compareKeys(a.key, b.key);
  });
  body.append(...rows.map(({ row }) => row));
}

function keyOf(cell: HTMLTableCellElement | undefined): SortKey {
  const number = cell?.dataset.sort;
  if (number !== undefined) return number === '' ? null : Number(number);
  const text = cell?.textContent ?? '-';
  return text === '-' ? null : text;
}

function compareKeys(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), 'en', { numeric: true });
}
