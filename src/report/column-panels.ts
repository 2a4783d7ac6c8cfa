export interface PanelColumn {
  /** Characters of its widest cell, with what is between it and the next. */
  readonly width: number;
  readonly isText: boolean;
}

/**
 * The places of the columns, in panels that each fit a width where this is possible. The texts that a table begins with say what a row is
 * about, so they begin every panel; where they fill more than half of the width, nothing is divided.
 *
 * @param widest in characters
 */
export function columnPanels(
  columns: readonly PanelColumn[],
  widest: number,
): readonly (readonly number[])[] {
  const places = columns.map((_, place) => place);
  const firstNumber = columns.findIndex(({ isText }) => !isText);
  const head = places.slice(0, Math.max(0, firstNumber));
  const widthOf = (some: readonly number[]) =>
    some.reduce((sum, place) => sum + (columns[place]?.width ?? 0), 0);
  if (widthOf(places) <= widest || widthOf(head) > widest / 2) return [places];
  const panels: number[][] = [];
  for (const place of places.slice(head.length)) {
    const last = panels.at(-1);
    if (last !== undefined && widthOf([...last, place]) <= widest) last.push(place);
    else panels.push([...head, place]);
  }
  return panels;
}
