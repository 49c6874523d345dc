/**
 * Album covers of a few shapes each. Answers hold them as `data:` URLs, because a guest's phone
 * cannot reach the loopback address that the simulator listens on; each stays under 700 characters.
 */
const covers = {
  'waiting-room': [
    '#e8ecef',
    `<g fill='#37536b'><path d='M14 40h16v34H14z'/><path d='M40 40h16v34H40z' opacity='.6'/><path d='M66 40h16v34H66z' opacity='.3'/></g><circle cx='48' cy='20' r='10' fill='#d8572a'/>`,
  ],
  'small-hours': [
    '#0d1b2a',
    `<circle cx='70' cy='24' r='12' fill='#f6e7b4'/><circle cx='76' cy='20' r='10' fill='#0d1b2a'/><path fill='#e0a458' d='M16 52h10v10H16zM36 46h10v10H36zM56 58h10v10H56z'/><path stroke='#415a77' stroke-width='4' d='M6 84h84'/>`,
  ],
  blink: [
    '#2b2440',
    `<path fill='#f3d9a4' d='M8 48q40-44 80 0q-40 44-80 0z'/><circle cx='48' cy='48' r='15' fill='#2b2440'/><path stroke='#e4572e' stroke-width='6' d='M8 48h80'/>`,
  ],
  'low-tide': [
    '#12233f',
    `<path fill='#f2b705' d='M0 62a48 48 0 0196 0'/><path stroke='#e9e3d3' stroke-width='5' d='M0 68h96M0 78h96M0 88h96'/>`,
  ],
  'paper-planets': [
    '#efe6d5',
    `<circle cx='40' cy='46' r='30' fill='#d9482b'/><circle cx='66' cy='58' r='19' fill='#1d3b53'/><circle cx='76' cy='22' r='7' fill='#e8a33d'/>`,
  ],
  'night-bus': [
    '#171717',
    `<g fill='#f4c95d'><path d='M10 16h34v18H10z'/><path d='M52 16h34v18H52z' opacity='.55'/><path d='M10 42h34v18H10z' opacity='.3'/></g><path fill='#c8402f' d='M0 72h96v10H0z'/>`,
  ],
  glasshouse: [
    '#0f5257',
    `<g fill='none' stroke='#f6efe0' stroke-width='3'><path d='M14 86V44l34-32 34 32v42z'/><path d='M48 12v74M14 60h68M14 44h68'/></g><circle cx='65' cy='73' r='7' fill='#f26b4e'/>`,
  ],
  'northern-kitchen': [
    '#f7f3ea',
    `<path fill='#284b8f' d='M0 0h48v48H0z'/><path fill='#e2b53e' d='M48 48h48v48H48z'/><circle cx='72' cy='24' r='18' fill='#c5412d'/><path fill='#1f2421' d='M6 90L24 54l18 36z'/>`,
  ],
  'slow-weather': [
    '#b9c9c6',
    `<g fill='none' stroke='#21373d' stroke-width='4'><path d='M-4 30q13-14 26 0t26 0 26 0 26 0'/><path d='M-4 48q13-14 26 0t26 0 26 0 26 0'/><path d='M-4 66q13-14 26 0t26 0 26 0 26 0'/></g><circle cx='74' cy='16' r='7' fill='#e0562f'/>`,
  ],
  'copper-wire': [
    '#2b1d16',
    `<g fill='none' stroke='#d98a52' stroke-width='2.5'><circle cx='48' cy='48' r='8'/><circle cx='48' cy='48' r='16'/><circle cx='48' cy='48' r='24'/><circle cx='48' cy='48' r='32'/></g><path fill='#f3e7d8' d='M46 0h4v48h-4z'/>`,
  ],
  'two-left-shoes': [
    '#e9547a',
    `<path fill='#2a1b3d' d='M0 96V0l96 96z'/><circle cx='30' cy='66' r='13' fill='#ffd166'/><circle cx='66' cy='30' r='13' fill='#2a1b3d'/>`,
  ],
  'letters-home': [
    '#e8dcc2',
    `<path fill='#b4452c' d='M14 26h68v46H14z'/><path fill='none' stroke='#e8dcc2' stroke-width='4' d='M14 26l34 27 34-27'/><path fill='#2f4858' d='M14 80h68v4H14z'/>`,
  ],
  'static-garden': [
    '#20302a',
    `<g fill='#a7c957'><path d='M18 86q0-40 14-58 14 18 14 58z'/><path d='M50 86q0-30 11-44 11 14 11 44z' opacity='.6'/></g><circle cx='74' cy='22' r='11' fill='#f2e8cf'/><path fill='#bc4749' d='M0 86h96v4H0z'/>`,
  ],
  'open-window': [
    '#f4a259',
    `<path fill='#5b8e7d' d='M20 14h56v68H20z'/><path fill='#f4e285' d='M26 20h20v25H26zM50 20h20v25H50zM26 51h20v25H26z'/><path fill='#bc4b51' d='M50 51h20v25H50z'/>`,
  ],
  'the-long-hum': [
    '#3a3a5a',
    `<g fill='#f0c987'><path d='M12 44h4v8h-4zM22 36h4v24h-4zM32 24h4v48h-4zM42 12h4v72h-4zM52 30h4v36h-4zM62 20h4v56h-4zM72 38h4v20h-4zM82 44h4v8h-4z'/></g>`,
  ],
} satisfies Record<string, readonly [ground: string, shapes: string]>;

export type CoverName = keyof typeof covers;

/** The cover of an album as a `data:image/svg+xml` URL. */
export function coverUrl(name: CoverName): string {
  const [ground, shapes] = covers[name];
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 96 96'><path fill='${ground}' d='M0 0h96v96H0z'/>${shapes}</svg>`;
  return `data:image/svg+xml,${svg.replace(/[<>#%]/g, (sign) => encodeURIComponent(sign))}`;
}
