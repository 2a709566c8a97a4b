import { Menu, type BrowserWindow } from 'electron';

/** Copy and paste by the right mouse button, where there is something to copy or paste. */
export function setupContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, { isEditable, selectionText, editFlags }) => {
    if (!isEditable && selectionText.trim() === '') return;
    const menu = Menu.buildFromTemplate([
      { role: 'cut', enabled: editFlags.canCut, visible: isEditable },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste, visible: isEditable },
      { type: 'separator' },
      { role: 'selectAll', enabled: editFlags.canSelectAll },
    ]);
    menu.popup({ window });
  });
}
