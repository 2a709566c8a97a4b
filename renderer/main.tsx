import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import './base.css';
import { linkOfPage } from './connection/connect.ts';
import { createLabStore } from './connection/lab-store.ts';
import { watchForToken } from './connection/token.ts';
import { LabConnection } from './connection/use-lab.ts';
import { LabProvider } from './kit/lab-provider.tsx';

const store = createLabStore(linkOfPage());
// Before anything is drawn: the desktop may hand over its port at once.
store.start();
if (!store.isDesktop) watchForToken();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <LabProvider>
      <LabConnection store={store}>
        <App />
      </LabConnection>
    </LabProvider>
  </StrictMode>,
);
