/** How the desktop is called, and what the system knows it by. */
export const PRODUCT = 'Port Scalability Lab';

/** Windows groups windows and shows notifications by it; the installer's shortcut carries the same. */
export const APP_USER_MODEL_ID = 'PortScalabilityLab.Desktop';

/** Ending of recorded runs as files. */
export const RUN_FILE_ENDING = 'labrun';
