/** Nothing. Without it Next goes on looking in the folders above, and starts Roomtone inside of the baseline. */
export function register(): void {}
