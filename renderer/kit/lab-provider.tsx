import { useEffect, useMemo, type ReactNode } from 'react';
import { FluentProvider, RendererProvider, createDOMRenderer } from './fluent.ts';
import { useTheme } from './theme-choice.ts';
import { fluentTheme } from './theme.ts';

/**
 * Fluent with the lab's themes. Its style elements carry the page's nonce, without which the content
 * security policy would drop them.
 */
export function LabProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { name, dark } = useTheme();
  const theme = useMemo(() => fluentTheme(name, dark), [name, dark]);
  useEffect(() => {
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = name;
  }, [name, dark]);
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider theme={theme}>{children}</FluentProvider>
    </RendererProvider>
  );
}

const renderer = createDOMRenderer(document, { styleElementAttributes: nonceAttribute() });

function nonceAttribute(): Record<string, string> {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  // Browsers hide the attribute of an element in the page; the property keeps it.
  const nonce = meta?.nonce || meta?.getAttribute('nonce');
  return nonce ? { nonce } : {};
}
