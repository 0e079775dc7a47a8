import type { DemoStaff } from './demo-book.ts';

/** What the demo prints when it serves: where to look, and with what its staff sign in. */
export function greeting(origin: string, staff: readonly DemoStaff[]): string {
	return [
		'',
		'  The repayment portal (demo) serves on this machine.',
		'',
		`  Portal            ${origin}`,
		`  Demo SMS inbox    ${origin}/dev/inbox`,
		`  Staff             ${origin}/staff/sign-in`,
		'',
		...(staff.length > 0 ? credentials(staff) : ['  The demo staff are unknown here: npm run -s portal -- demo']),
		'',
		'  The present one-time codes stand in the inbox. Ctrl-C stops; the data stays in .data/',
		'',
	].join('\n');
}

function credentials(staff: readonly DemoStaff[]): string[] {
	const rows = [{ role: 'Role', login: 'Login', password: 'Password' }, ...staff];
	const width = (column: 'role' | 'login') => Math.max(...rows.map((row) => row[column].length)) + 2;
	return rows.map(
		({ role, login, password }) => `  ${role.padEnd(width('role'))}${login.padEnd(width('login'))}${password}`,
	);
}
