/**
 * Lets this process's clock stand while a test file runs, as the simulator's does whose time stands: between two things that happen at the same moment of
 * a party no time passes then, however slow the machine is. Timers run on.
 */
export function letTheClockStand(): void {
  let clock: jest.SpyInstance<number, []>;
  beforeAll(() => {
    const now = Date.now();
    clock = jest.spyOn(Date, 'now').mockReturnValue(now);
  });
  afterAll(() => clock.mockRestore());
}
