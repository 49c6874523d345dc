import { loadWifi, saveWifi, wifiText } from './wifi';

describe('SC12 the Wi-Fi of the host', () => {
  test.each([
    [{ name: 'Kitchen', password: 'long enough' }, 'WIFI:S:Kitchen;T:WPA;P:long enough;;'],
    [{ name: 'Café; "5G"', password: String.raw`a\b,c:d` }, String.raw`WIFI:S:Café\; \"5G\";T:WPA;P:a\\b\,c\:d;;`],
    [{ name: 'Open', password: '' }, 'WIFI:S:Open;T:nopass;;'],
  ])('%j is %s for phones', (wifi, text) => {
    expect(wifiText(wifi)).toBe(text);
  });

  test('is kept in this browser until it is forgotten; anything else that is kept there is none', () => {
    expect(loadWifi()).toBeNull();
    expect(saveWifi({ name: 'Kitchen', password: 'secret' })).toBe(true);
    expect(loadWifi()).toEqual({ name: 'Kitchen', password: 'secret' });
    saveWifi(null);
    expect(loadWifi()).toBeNull();
    for (const odd of ['{', '3', '{"name":""}', '{"name":1,"password":2}']) {
      window.localStorage.setItem('roomtone-wifi', odd);
      expect(loadWifi()).toBeNull();
    }
  });
});
