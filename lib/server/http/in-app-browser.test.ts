import { readInAppBrowser } from './in-app-browser';

const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const webView =
  'Mozilla/5.0 (Linux; Android 13; SM-G991B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36';

describe('MB7 pages inside apps', () => {
  test.each([
    [
      'Instagram',
      `${iPhone} Mobile/21F90 Instagram 337.0.2.24.92 (iPhone14,5; iOS 17_5_1; en_US; en; scale=3.00; IABMV/1)`,
    ],
    [
      'Instagram',
      `${webView} Instagram 332.0.0.38.90 Android (33/13; 480dpi; 1080x2106; samsung; SM-G991B; o1s; exynos2100; en_GB; 600612141; IABMV/1)`,
    ],
    [
      'Facebook',
      `${iPhone} Mobile/21F90 [FBAN/FBIOS;FBAV/466.1.0.44.106;FBBV/602246906;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.5.1;FBSS/3;FBCR/;FBID/phone;FBLC/en_US;FBOP/5;FBRV/604524373;IABMV/1]`,
    ],
    ['Facebook', `${webView} [FB_IAB/FB4A;FBAV/463.0.0.46.61;IABMV/1;]`],
    [
      'TikTok',
      `${webView} trill_2023405030 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/34.5.3 ByteLocale/en ByteFullLocale/en Region/GB BytedanceWebview/d8a21c6`,
    ],
    [
      'TikTok',
      `${iPhone} Mobile/21F90 musical_ly_34.5.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en Region/US BytedanceWebview/d8a21c6`,
    ],
    ['Line', `${iPhone} Mobile/15E148 Safari Line/14.9.1`],
    ['WeChat', `${iPhone} Mobile/15E148 MicroMessenger/8.0.49(0x1800312b) NetType/WIFI Language/en`],
    ['Snapchat', `${iPhone} Mobile/15E148 Snapchat/12.90.0.46 (like Safari/8618.2.12.10.9, panda)`],
    ['LinkedIn', `${iPhone} Mobile/21F90 [LinkedInApp]/9.29.7962`],
    [null, webView],
    [null, `${iPhone} Mobile/15E148`],
  ])('%s: %s', (name, userAgent) => {
    expect(readInAppBrowser(userAgent)).toEqual({ name, onAndroid: userAgent.includes('Android') });
  });

  test.each([
    `${iPhone} Version/17.5 Mobile/15E148 Safari/604.1`,
    `${iPhone} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`,
    `${iPhone} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`,
    `${iPhone} Version/17.0 EdgiOS/125.0.2535.87 Mobile/15E148 Safari/604.1`,
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
    'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.211 Safari/537.36 WebAppManager',
    'Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/7.0 TV Safari/537.36',
    'curl/8.8.0',
    '',
    null,
  ])('none: %s', (userAgent) => {
    expect(readInAppBrowser(userAgent)).toBeNull();
  });
});
