/** What a line of the legend shows beside its text. */
export interface LegendEntry {
  readonly label: string;
  /** CSS. */
  readonly color: string;
  readonly mark: 'line' | 'dashed' | 'dotted' | 'dot' | 'ring';
}

/** One drawing of a figure; figures have several where one would be too full for a phone. */
export interface FigurePanel {
  readonly title: string;
  /** An element of HTML, with title and description for whoever cannot see it. */
  readonly svg: string;
}

/** A figure of the report. */
export interface ReportFigure {
  /** Letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  /** What it shows and how its numbers were made. */
  readonly caption: string;
  readonly legend: readonly LegendEntry[];
  readonly panels: readonly FigurePanel[];
  /** How much room a panel wants: small ones stand four in a row on a wide page, others two. */
  readonly size: 'small' | 'medium';
}
