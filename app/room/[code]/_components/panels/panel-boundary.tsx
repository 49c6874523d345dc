import { Component, type ReactNode } from 'react';
import { PanelFailed } from './panel-failed';

interface PanelBoundaryProps {
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Keeps what goes wrong in a panel within it: the room behind it goes on. */
export class PanelBoundary extends Component<PanelBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    const { onClose, children } = this.props;
    if (!this.state.isBroken) return children;
    return (
      <PanelFailed text="That did not work." onTryAgain={() => this.setState({ isBroken: false })} onClose={onClose} />
    );
  }
}
