/** Going east around the world from the bank's own zone. */
const ZONES = [
	'Asia/Shanghai',
	'Pacific/Auckland',
	'America/Los_Angeles',
	'America/New_York',
	'Europe/London',
	'Asia/Dubai',
];

/**
 * A zone in which a message may go out now and for some hours more: the demo is opened at any hour, and its first
 * messages should not wait for the morning in Shanghai.
 */
export function daytimeZone(now: Date): string {
	const hourIn = (timeZone: string) =>
		Number(new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now));
	return ZONES.find((zone) => hourIn(zone) >= 9 && hourIn(zone) < 19) ?? 'Asia/Shanghai';
}
