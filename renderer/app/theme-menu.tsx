import type { ReactNode } from 'react';
import {
  Button,
  Menu,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  mergeClasses,
} from '../kit/fluent.ts';
import { DarkTheme20Regular } from '../kit/icons.ts';
import { THEME_CHOICES, useTheme, type ThemeChoice } from '../kit/theme-choice.ts';

const WORDS: Readonly<Record<ThemeChoice, string>> = {
  system: 'Like the system',
  light: 'Light',
  dark: 'Dark',
};

const useStyles = makeStyles({
  button: {
    justifyContent: 'flex-start',
    gap: '6px',
    width: '100%',
    minHeight: '36px',
    fontWeight: 400,
  },
  rail: { justifyContent: 'center', minWidth: 0, maxWidth: 'none', padding: 0, gap: 0 },
});

export function ThemeMenu({ rail }: { readonly rail: boolean }): ReactNode {
  const styles = useStyles();
  const { choice, choose } = useTheme();
  return (
    <Menu
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const next = THEME_CHOICES.find((one) => one === checkedItems[0]);
        if (next !== undefined) choose(next);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          className={mergeClasses(styles.button, rail && styles.rail)}
          icon={<DarkTheme20Regular />}
          aria-label={rail ? 'Theme' : undefined}
        >
          {rail ? undefined : 'Theme'}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {THEME_CHOICES.map((one) => (
            <MenuItemRadio key={one} name="theme" value={one}>
              {WORDS[one]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
