import { Menu } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';

/** One thing that a menu does. */
export interface MenuAction {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onPress: () => void;
  /** It removes or ends something. */
  readonly isDanger?: boolean;
  /** The menu stays open, for whoever presses it several times. */
  readonly staysOpen?: boolean;
}

/** A menu beside the button that opened it. Keys, focus and Escape as in any menu; the focus goes back to the button. */
export function ActionMenu({
  label,
  anchor,
  groups,
  onClose,
}: {
  readonly label: string;
  readonly anchor: HTMLElement;
  /** With a line between them. */
  readonly groups: readonly (readonly MenuAction[])[];
  readonly onClose: () => void;
}) {
  return (
    <Menu.Root open onOpenChange={(open) => open || onClose()}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} align="end" sideOffset={4} collisionPadding={12} className="z-30">
          <Menu.Popup
            aria-label={label}
            finalFocus={() => anchor}
            className="arrives max-h-(--available-height) max-w-(--available-width) min-w-56 overflow-y-auto rounded-xl border border-control bg-raised py-1 outline-none"
          >
            {groups.map((actions, index) => (
              <Menu.Group
                key={actions[0]?.label ?? index}
                className={index === 0 ? '' : 'mt-1 border-t border-line pt-1'}
              >
                {actions.map((action) => (
                  <Action key={action.label} {...action} />
                ))}
              </Menu.Group>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Action({ label, icon: Icon, onPress, isDanger = false, staysOpen = false }: MenuAction) {
  return (
    <Menu.Item
      closeOnClick={!staysOpen}
      onClick={onPress}
      className={`flex min-h-11 cursor-pointer items-center gap-3 px-4 outline-none data-highlighted:bg-line ${isDanger ? 'text-danger' : 'text-ink'}`}
    >
      <Icon aria-hidden className="size-4.5 shrink-0" />
      <span className="line-clamp-2">{label}</span>
    </Menu.Item>
  );
}
