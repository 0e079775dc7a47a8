/** Until when a draft is kept that was last changed at an instant: so many whole days, to the same moment. */
export function keptUntil(changedAt: Date, keptDays: number): Date {
	return new Date(changedAt.getTime() + keptDays * 86_400_000);
}
