import type { PlotOptions } from '@observablehq/plot';
import { visibleLine } from '../../util/visible-text.ts';

/** Marks and scales: the library itself. */
export type PlotLibrary = typeof import('@observablehq/plot');

/** For whoever cannot see a drawing. */
export interface DrawingTexts {
  /** Unique on the page: letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

export interface Plotter {
  readonly plot: PlotLibrary;
  /**
   * A plot as an SVG element that may stand in HTML. Its lines and letters have the colour of the text around it, its colours are those that
   * marks are given; it brings no style of its own. The same marks give the same text.
   */
  readonly draw: (options: PlotOptions, texts: DrawingTexts) => string;
}

const FONT_SIZE = 12;

/** Attributes that say where something is. */
const PLACES = ['x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'width', 'height', 'd', 'transform'];

/** Loads the plotting library: half a second that only reports need. */
export async function openPlotter(): Promise<Plotter> {
  const [plot, { DOMImplementation, XMLSerializer }] = await Promise.all([
    import('@observablehq/plot'),
    import('@xmldom/xmldom'),
  ]);
  const serializer = new XMLSerializer();
  return {
    plot,
    draw: (options, { id, title, description }) => {
      const document = new DOMImplementation().createDocument(null, 'html');
      // The library takes any document; its types ask for that of a browser.
      const svg = plot.plot({ document: document as never, className: 'plot', ...options });
      for (const element of Array.from(svg.getElementsByTagName('*'))) {
        for (const name of PLACES) {
          const place = element.getAttribute(name);
          if (place !== null) element.setAttribute(name, hundredths(place));
        }
      }
      for (const style of Array.from(svg.getElementsByTagName('style'))) svg.removeChild(style);
      const texts = [
        ['title', title],
        ['desc', description],
      ] as const;
      for (const [name, text] of texts.toReversed()) {
        const element = document.createElementNS('http://www.w3.org/2000/svg', name);
        element.setAttribute('id', `${id}-${name}`);
        element.textContent = visibleLine(text);
        svg.insertBefore(element as never, svg.firstChild);
      }
      svg.removeAttribute('font-family');
      svg.setAttribute('font-size', String(FONT_SIZE));
      svg.setAttribute('role', 'img');
      svg.setAttribute('aria-labelledby', `${id}-title`);
      svg.setAttribute('aria-describedby', `${id}-desc`);
      return serializer.serializeToString(svg as never);
    },
  };
}

/** A hundredth of a pixel is seen by nobody, and halves the text. */
function hundredths(place: string): string {
  return place.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) =>
    String(Math.round(100 * Number(number)) / 100),
  );
}
