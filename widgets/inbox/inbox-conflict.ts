/** Says who won a race for a conversation's fields and what the field is now. Pure. */
import type { StaffThreadState } from '../core/client/staff-types.js';
import type { StaffWords } from '../staff/words.js';
import type { ConflictModel, ConversationChange } from './inbox-store.js';
import type { MemberDto, TeamDto } from '@frontdesk/protocol/tenancy';
import { nameMember, PRIORITY_MESSAGES, STATUS_MESSAGES } from './inbox-words.js';

type Field = keyof ConversationChange;

const EVENT_OF_FIELD: Readonly<Record<Field, string>> = {
  status: 'status',
  assigneeId: 'assignee',
  teamId: 'team',
  labels: 'labels',
  priority: 'priority',
  handler: 'handler',
};

export interface ConflictText {
  readonly title: string;
  readonly body: string;
}

export function describeConflict(
  words: StaffWords,
  conflict: ConflictModel,
  context: {
    readonly thread: Pick<StaffThreadState, 'items'> | null;
    readonly members: readonly MemberDto[];
    readonly teams: readonly TeamDto[];
  },
): ConflictText {
  const field = Object.keys(conflict.wanted)[0] as Field | undefined;
  const winner = field === undefined ? null : findWinner(field, context.thread);
  return {
    title: winner === null ? words.t('conflictTitleUnknown') : words.t('conflictTitle', { name: winner }),
    body: field === undefined ? words.t('conflictOther') : describeField(words, field, conflict, context),
  };
}

/** The author of the newest event of that field. The log tells, so nobody has to be asked. */
function findWinner(field: Field, thread: Pick<StaffThreadState, 'items'> | null): string | null {
  const item = thread?.items.findLast(({ event }) => event?.type === EVENT_OF_FIELD[field]);
  return item?.isMine === false ? item.authorName : null;
}

function describeField(
  words: StaffWords,
  field: Field,
  { current }: ConflictModel,
  { members, teams }: { readonly members: readonly MemberDto[]; readonly teams: readonly TeamDto[] },
): string {
  switch (field) {
    case 'assigneeId': {
      const value = nameMember(words, members, current.assigneeId);
      return value === null ? words.t('conflictAssigneeNone') : words.t('conflictAssignee', { value });
    }
    case 'status':
      return words.t('conflictStatus', { value: words.t(STATUS_MESSAGES[current.status]).toLocaleLowerCase() });
    case 'priority':
      return words.t('conflictPriority', { value: words.t(PRIORITY_MESSAGES[current.priority]).toLocaleLowerCase() });
    case 'teamId': {
      const team = teams.find(({ id }) => id === current.teamId);
      return words.t('conflictTeam', { value: team?.name ?? words.t('teamNone').toLocaleLowerCase() });
    }
    case 'labels':
      return words.t('conflictLabels', {
        value: current.labels.length === 0 ? words.t('labelsNone').toLocaleLowerCase() : words.list(current.labels),
      });
    default:
      return words.t('conflictOther');
  }
}
