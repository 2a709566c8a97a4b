import { Component, type ReactNode } from 'react';
import { LabError } from '#engine/model/lab-error.ts';
import { Button } from '../kit/fluent.ts';
import { ErrorBar } from '../kit/messages.tsx';
import { Page } from '../kit/page.tsx';

interface State {
  readonly error: LabError | null;
}

/** A screen that broke leaves the navigation, the running run and its Stop where they are. */
export class ScreenFailure extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: LabError.from(thrown) };
  }

  readonly #again = (): void => this.setState({ error: null });

  override componentDidMount(): void {
    window.addEventListener('hashchange', this.#again);
  }

  override componentWillUnmount(): void {
    window.removeEventListener('hashchange', this.#again);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Page
        sentence="This screen can’t be shown."
        detail="Runs that go on are not touched; the other screens work."
        actions={<Button onClick={this.#again}>Show it again</Button>}
      >
        <ErrorBar error={error} />
      </Page>
    );
  }
}
