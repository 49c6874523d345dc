import type { Curve, Drawing } from './row';

const width = 760;
const height = 380;
const plot = { left: 64, right: 20, top: 44, bottom: 52 } as const;
const colours = ['#b45f06', '#1f6f8b', '#6b7280', '#7a3e9d'];

type Scale = (value: number) => number;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Sizes grow tenfold from point to point, so they are drawn on a logarithmic scale. */
function scaleX(curves: readonly Curve[]): Scale {
  const values = curves.flatMap(({ points }) => points.map(([x]) => Math.log10(Math.max(1, x))));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(high - low, 1e-9);
  return (x) => plot.left + ((Math.log10(Math.max(1, x)) - low) / span) * (width - plot.left - plot.right);
}

/** The next round number above the largest value: 1, 2 or 5 times a power of ten. */
function ceiling(largest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(largest, 1e-9)));
  return [1, 2, 5, 10].map((step) => step * power).find((limit) => limit >= largest) ?? largest;
}

function scaleY(top: number, logarithmic: boolean): Scale {
  const share = (y: number): number => (logarithmic ? Math.log10(Math.max(1, y)) / Math.log10(top) : y / top);
  return (y) => height - plot.bottom - share(y) * (height - plot.top - plot.bottom);
}

/** Where lines are drawn: quarters of the whole, or powers of ten. */
function marks(top: number, logarithmic: boolean): readonly number[] {
  if (!logarithmic) return [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
  return Array.from({ length: Math.floor(Math.log10(top)) + 1 }, (_, power) => 10 ** power);
}

function axes(drawing: Drawing, x: Scale, y: Scale, top: number): string {
  const sizes = [...new Set(drawing.curves.flatMap(({ points }) => points.map(([size]) => size)))];
  const ticks = sizes.map(
    (size) =>
      `<text x="${x(size).toFixed(1)}" y="${height - plot.bottom + 18}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
  );
  const lines = marks(top, drawing.logarithmic === true).map((mark) => {
    const at = y(mark).toFixed(1);
    const label = Number(mark.toPrecision(3)).toLocaleString('en');
    return `<line x1="${plot.left}" x2="${width - plot.right}" y1="${at}" y2="${at}" stroke="#8884"/><text x="${plot.left - 8}" y="${at}" dy="4" text-anchor="end">${label}</text>`;
  });
  return [
    ...lines,
    ...ticks,
    `<text x="${(plot.left + width - plot.right) / 2}" y="${height - 12}" text-anchor="middle">${escape(drawing.x)}</text>`,
    `<text x="${plot.left - 48}" y="${plot.top - 14}">${escape(drawing.y)}</text>`,
  ].join('\n');
}

function drawCurve({ name, points }: Curve, index: number, x: Scale, y: Scale): string {
  const colour = colours[index % colours.length];
  const path = points.map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`).join(' ');
  const dots = points.map(
    ([px, py]) => `<circle cx="${x(px).toFixed(1)}" cy="${y(py).toFixed(1)}" r="3.5" fill="${colour}"/>`,
  );
  const legendX = plot.left + 12;
  const legendY = plot.top + 8 + index * 18;
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...dots,
    `<rect x="${legendX}" y="${legendY - 8}" width="12" height="4" fill="${colour}"/>`,
    `<text x="${legendX + 20}" y="${legendY - 2}">${escape(name)}</text>`,
  ].join('\n');
}

/** Curves over sizes as an SVG that reads on light and dark pages. */
export function draw(drawing: Drawing): string {
  const top = ceiling(Math.max(...drawing.curves.flatMap(({ points }) => points.map(([, value]) => value))) * 1.05);
  const x = scaleX(drawing.curves);
  const y = scaleY(top, drawing.logarithmic === true);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(drawing.title)}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<g font-family="system-ui, sans-serif" font-size="12" fill="#333">`,
    `<text x="${plot.left - 48}" y="18" font-size="14" font-weight="600">${escape(drawing.title)}</text>`,
    axes(drawing, x, y, top),
    ...drawing.curves.map((curve, index) => drawCurve(curve, index, x, y)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
