import { NextResponse } from 'next/server';

/** Nothing: every request costs what it costs Next to find out whether it passes here, as it does in Roomtone. */
export function proxy(): NextResponse {
  return NextResponse.next();
}

export const config = {
  matcher: [{ source: '/((?!api/|_next/static/|icon.svg).*)' }],
};
