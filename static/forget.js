// After signing out: deletes what was typed or chosen and never sent. Browsers that know Clear-Site-Data have done so already.
try {
	sessionStorage.clear();
	localStorage.clear();
	for (const name of ['capture', 'offline']) indexedDB.deleteDatabase(name);
} catch {
	// No database, nothing kept.
}
// And ends the notices on this device.
navigator.serviceWorker
	?.getRegistration()
	.then((registration) => registration?.pushManager?.getSubscription())
	.then((subscription) => subscription?.unsubscribe())
	.catch(() => undefined);
