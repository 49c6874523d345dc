/** One run of parties: for each, for how much of its time the screen was wrong. */
export interface Measured {
  readonly rows: readonly { readonly name: string; readonly seconds: number; readonly wrongSeconds: number }[];
}

const width = 760;
const left = 300;
const right = 90;
const barHeight = 20;
const top = 56;
const colours = ['#b45f06', '#1f6f8b', '#6b7280'];

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const share = ({ seconds, wrongSeconds }: Measured['rows'][number]): number =>
  (100 * wrongSeconds) / Math.max(1, seconds);

/** Bars for each kind of party, one per run, as an SVG that reads on light and dark pages; the figures are in its description too. */
export function drawBars(measured: Readonly<Record<string, Measured>>): string {
  const runs = Object.entries(measured).toSorted(([a], [b]) => Number(b === 'before') - Number(a === 'before'));
  const names = [...new Set(runs.flatMap(([, { rows }]) => rows.map(({ name }) => name)))];
  const groupHeight = runs.length * (barHeight + 4) + 16;
  const height = top + names.length * groupHeight + 12;
  const most = Math.max(10, ...runs.flatMap(([, { rows }]) => rows.map(share)));
  const bars = names.flatMap((name, group) =>
    runs.flatMap(([run, { rows }], index) => {
      const found = rows.find((row) => row.name === name);
      if (found === undefined) return [];
      const y = top + group * groupHeight + index * (barHeight + 4);
      const length = Math.max(1, (share(found) / most) * (width - left - right));
      const label = index === 0 ? `<text x="${left - 12}" y="${y + 15}" text-anchor="end">${escape(name)}</text>` : '';
      return [
        `${label}<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" fill="${colours[index % colours.length]}"/>`,
        `<text x="${left + length + 8}" y="${y + 15}">${share(found).toFixed(1)} % ${escape(run)}</text>`,
      ];
    }),
  );
  const described = names.flatMap((name) =>
    runs.flatMap(([run, { rows }]) => {
      const found = rows.find((row) => row.name === name);
      return found === undefined ? [] : [`${name}, ${run}: ${share(found).toFixed(1)} %`];
    }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="13" fill="#808080">`,
    `<title id="title">For how much of its time a screen showed the wrong song</title>`,
    `<desc id="description">${escape(described.join('; '))}.</desc>`,
    `<text x="12" y="26" font-size="15">For how much of its time a screen showed the wrong song</text>`,
    ...bars,
    '</svg>',
    '',
  ].join('\n');
}
