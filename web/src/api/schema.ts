// SPDX-License-Identifier: LGPL-2.1-or-later
// What the API takes and gives. Made by api_types.py of what relevod says of itself: do not edit.

export interface Account {
  /** at most, over all logins; 0: any number */
  connections: number;
  /** whether it is refreshed and its streams are used */
  enabled: boolean;
  /** in their order; the first one that matches decides */
  filters: {
    /** what matches is left out; false: it is kept, whatever the filters behind this one say */
    exclude: boolean;
    /** what of a stream is looked at */
    field: "name" | "group" | "url";
    /** whether upper and lower case are different */
    match_case: boolean;
    /** a regular expression, found anywhere in it */
    pattern: string;
  }[];
  /** its number */
  id: number;
  /** where its streams come from */
  kind: "m3u" | "xtream" | "database" | "manual";
  /** what a stream is known again by after a refresh, most trusted first */
  likenesses: ("provider-id" | "url" | "address" | "title" | "name")[];
  /** URL of the playlist or panel, or path of the file; shown with *** for what is secret */
  location: string;
  /** unique */
  name: string;
  /** whether groups that are seen for the first time are wanted */
  new_groups: boolean;
  /** higher: preferred */
  priority: number;
  /** hours ("24h"), a line of cron ("30 4 * * *"), or "": by hand only */
  refresh: string;
  /** how requests to the provider look */
  requests: {
    /** sent with every request */
    headers: {
      /** of the header */
      name: string;
      /** of the header; *** where it is secret */
      value: string;
    }[];
    /** http://user:password@host:port, shown with *** for them; "": none */
    proxy: string;
    /** sent with every request; "": that of the program */
    user_agent: string;
  };
  /** accounts of one provider: equal logins in a group share their connections */
  server_group: string;
  /** a list that lost more than that changes nothing until it is accepted */
  shrink_percent: number;
  /** how long streams are kept that its list no longer has */
  stale_days: number;
  state: {
    /** of the last refresh that changed something */
    counts: Record<string, unknown>;
    /** in a row: the next try waits longer each time */
    failures: number;
    /** of what is wrong */
    message: string;
    /** when it was refreshed well */
    refreshed: number | null;
    /** new, good, objected or failed */
    state: string;
    /** when it was refreshed last, well or not */
    tried: number | null;
  };
}

export interface Alert {
  /** that it is about */
  account: number | null;
  /** when somebody said that he has seen it */
  acknowledged: number | null;
  /** that it is about */
  channel: number | null;
  /** when it was over */
  closed: number | null;
  /** figures and examples */
  details: Record<string, unknown>;
  /** that it is about */
  guide_source: number | null;
  /** its number */
  id: number;
  /** "losses": a refresh would have lost too much; "failed": it came to nothing; "no-source": nothing works that the channel is played from; "login-expires"; "login-expired" */
  kind: string;
  /** that it is about */
  login: number | null;
  /** for people */
  message: string;
  /** when */
  raised: number;
}

export interface Channel {
  /** made of a provider's list */
  automatic: boolean;
  /** properties of your own */
  custom: Record<string, unknown>;
  /** "": none */
  group: string;
  /** where its programmes come from */
  guide: {
    /** the id of the channel in that guide */
    channel: string;
    /** chosen by you: matching never changes it */
    manual: boolean;
    /** why it was taken */
    reason: string;
    /** how sure the match is, up to 100 */
    score: number;
    /** the guide's number */
    source: number;
  } | null;
  /** by how much they are moved */
  guide_shift_minutes: number;
  /** not given out */
  hidden: boolean;
  /** its number inside */
  id: number;
  /** URL of a picture */
  logo: string;
  /** for viewers */
  name: string;
  /** for viewers */
  number: string | null;
  /** fields that no list and no matching changes; one that is taken out is again what the list says */
  settled: ("number" | "name" | "group" | "logo" | "tvg-id" | "guide" | "hidden" | "order")[];
  /** file on the server with a transport stream that is shown while no source works, from the next time it is opened; "": that of the settings */
  slate: string;
  /** how its streams are read; null: as each of them says */
  stream_profile: number | null;
  /** its id in playlists and guides that are given out */
  tvg_id: string;
  /** of its public address */
  uuid: string;
}

export interface ChannelGroup {
  /** how many it has */
  channels: number;
  name: string;
}

export interface ChannelReview {
  /** as it is */
  channel: {
    /** made of a provider's list */
    automatic: boolean;
    /** properties of your own */
    custom: Record<string, unknown>;
    /** "": none */
    group: string;
    /** where its programmes come from */
    guide: {
      /** the id of the channel in that guide */
      channel: string;
      /** chosen by you: matching never changes it */
      manual: boolean;
      /** why it was taken */
      reason: string;
      /** how sure the match is, up to 100 */
      score: number;
      /** the guide's number */
      source: number;
    } | null;
    /** by how much they are moved */
    guide_shift_minutes: number;
    /** not given out */
    hidden: boolean;
    /** its number inside */
    id: number;
    /** URL of a picture */
    logo: string;
    /** for viewers */
    name: string;
    /** for viewers */
    number: string | null;
    /** fields that no list and no matching changes; one that is taken out is again what the list says */
    settled: ("number" | "name" | "group" | "logo" | "tvg-id" | "guide" | "hidden" | "order")[];
    /** file on the server with a transport stream that is shown while no source works, from the next time it is opened; "": that of the settings */
    slate: string;
    /** how its streams are read; null: as each of them says */
    stream_profile: number | null;
    /** its id in playlists and guides that are given out */
    tvg_id: string;
    /** of its public address */
    uuid: string;
  };
  /** of the least sure stream */
  confidence: number;
  /** its streams, in the order in which they are tried */
  streams: {
    /** whose list has it */
    account: number;
    /** that it is this channel, up to 100 */
    confidence: number;
    /** that the provider puts it into */
    group: string;
    /** put there by you */
    manual: boolean;
    /** as the provider calls it */
    name: string;
    /** why it was put there */
    reason: string;
    /** its number */
    stream: number;
  }[];
}

export interface ChannelStream {
  /** that it is this channel, up to 100 */
  confidence: number;
  /** put there by you */
  manual: boolean;
  /** why it was put there */
  reason: string;
  /** its number */
  stream: number;
}

export interface ChannelTwin {
  /** the two */
  channels: {
    /** as it is */
    channel: {
      /** made of a provider's list */
      automatic: boolean;
      /** properties of your own */
      custom: Record<string, unknown>;
      /** "": none */
      group: string;
      /** where its programmes come from */
      guide: {
        /** the id of the channel in that guide */
        channel: string;
        /** chosen by you: matching never changes it */
        manual: boolean;
        /** why it was taken */
        reason: string;
        /** how sure the match is, up to 100 */
        score: number;
        /** the guide's number */
        source: number;
      } | null;
      /** by how much they are moved */
      guide_shift_minutes: number;
      /** not given out */
      hidden: boolean;
      /** its number inside */
      id: number;
      /** URL of a picture */
      logo: string;
      /** for viewers */
      name: string;
      /** for viewers */
      number: string | null;
      /** fields that no list and no matching changes; one that is taken out is again what the list says */
      settled: ("number" | "name" | "group" | "logo" | "tvg-id" | "guide" | "hidden" | "order")[];
      /** file on the server with a transport stream that is shown while no source works, from the next time it is opened; "": that of the settings */
      slate: string;
      /** how its streams are read; null: as each of them says */
      stream_profile: number | null;
      /** its id in playlists and guides that are given out */
      tvg_id: string;
      /** of its public address */
      uuid: string;
    };
    /** its streams, in the order in which they are tried */
    streams: {
      /** whose list has it */
      account: number;
      /** that it is this channel, up to 100 */
      confidence: number;
      /** that the provider puts it into */
      group: string;
      /** put there by you */
      manual: boolean;
      /** as the provider calls it */
      name: string;
      /** why it was put there */
      reason: string;
      /** its number */
      stream: number;
    }[];
  }[];
  /** why, the heaviest first */
  reasons: string[];
  /** how alike they are, up to 100 */
  score: number;
}

export interface Device {
  /** whether it may */
  enabled: boolean;
  /** its number */
  id: number;
  /** its MAC address, as 00:1A:79:0B:0C:0D: all that it shows */
  mac: string;
  /** unique, whatever the case of its letters */
  name: string;
  /** when it last asked; null: never */
  seen: number | null;
  /** number of the user as whom it watches */
  user: number;
}

export interface DummyRule {
  /** its number */
  id: number;
  /** of an event */
  length_minutes: number;
  /** unique */
  name: string;
  /** a regular expression, found in the name of a channel; its groups title, date, time (or day, month, year, hour, minute, ampm) tell of the event */
  pattern: string;
  /** what is shown */
  templates: {
    /** of the event */
    description: string;
    /** after it */
    ended_description: string;
    /** after it */
    ended_title: string;
    /** of the event; {title} and other groups of the pattern, {starttime24}, {date} … */
    title: string;
    /** before it */
    upcoming_description: string;
    /** before it */
    upcoming_title: string;
  };
  /** by how much the hours that are told are ahead of UTC */
  zone_minutes: number;
}

export interface Export {
  /** by name */
  accounts: {
    /** at most, over all logins; 0: any number */
    connections: number;
    /** whether it is refreshed and its streams are used */
    enabled: boolean;
    /** in their order; the first one that matches decides */
    filters: {
      /** what matches is left out; false: it is kept, whatever the filters behind this one say */
      exclude: boolean;
      /** what of a stream is looked at */
      field: "name" | "group" | "url";
      /** whether upper and lower case are different */
      match_case: boolean;
      /** a regular expression, found anywhere in it */
      pattern: string;
    }[];
    /** that its lists had, and which of them are wanted */
    groups: {
      /** of its streams */
      kind: "live" | "movie" | "series";
      /** as the provider calls it */
      name: string;
      /** how channels are made of it; null: none are */
      sync: {
        /** a regular expression of names that are not taken; "": none */
        exclude: string;
        /** number of the range */
        first: number;
        /** of the channels; "": named as the provider's */
        group: string;
        /** a regular expression of names that are taken; "": all */
        include: string;
        /** number of the range */
        last: number;
        /** with the streams of other accounts that are the same channel */
        merge: boolean;
        /** fixed: from the start of the range on; provider: the list's own numbers; next-free: behind the highest that is taken */
        numbering: "fixed" | "provider" | "next-free";
        /** what stands there instead; $1, $<name>: what a group matched */
        replacement: string;
        /** a regular expression of what is replaced in names */
        search: string;
      } | null;
      /** whether its streams are taken at the next refresh */
      wanted: boolean;
    }[];
    /** where its streams come from */
    kind: "m3u" | "xtream" | "database" | "manual";
    /** what a stream is known again by after a refresh, most trusted first */
    likenesses: ("provider-id" | "url" | "address" | "title" | "name")[];
    /** URL of the playlist or panel, or path of the file; shown with *** for what is secret */
    location: string;
    /** in the order in which they are tried */
    logins: {
      /** at most; 0: any number */
      connections: number;
      /** whether it is used */
      enabled: boolean;
      /** as the provider told or you did; null: never, or not known */
      expires: number | null;
      /** unique in its account */
      name: string;
      /** as it was entered */
      password: string;
      /** what stands there instead; $1, $<name>: what a group matched; shown as *** */
      replace: string;
      /** a regular expression of what is other in its URLs; shown as *** */
      search: string;
      /** of a panel */
      username: string;
    }[];
    /** unique */
    name: string;
    /** whether groups that are seen for the first time are wanted */
    new_groups: boolean;
    /** higher: preferred */
    priority: number;
    /** hours ("24h"), a line of cron ("30 4 * * *"), or "": by hand only */
    refresh: string;
    /** how requests to the provider look */
    requests: {
      /** sent with every request */
      headers: {
        /** of the header */
        name: string;
        /** of the header; *** where it is secret */
        value: string;
      }[];
      /** http://user:password@host:port, shown with *** for them; "": none */
      proxy: string;
      /** sent with every request; "": that of the program */
      user_agent: string;
    };
    /** accounts of one provider: equal logins in a group share their connections */
    server_group: string;
    /** a list that lost more than that changes nothing until it is accepted */
    shrink_percent: number;
    /** how long streams are kept that its list no longer has */
    stale_days: number;
  }[];
  /** in the order of their ids */
  channels: {
    /** made of a provider's list */
    automatic: boolean;
    /** properties of your own */
    custom: Record<string, unknown>;
    /** "": none */
    group: string;
    /** where its programmes come from */
    guide: {
      /** the id of the channel in that guide */
      channel: string;
      /** its name */
      guide: string;
      /** chosen by you */
      manual: boolean;
      /** why it was taken */
      reason: string;
      /** how sure the match is, up to 100 */
      score: number;
    } | null;
    /** by how much they are moved */
    guide_shift_minutes: number;
    /** not given out */
    hidden: boolean;
    /** URL of a picture */
    logo: string;
    /** for viewers */
    name: string;
    /** for viewers */
    number: string | null;
    /** what fields become that are settled no more */
    provided: {
      /** as the list says */
      group: string;
      /** as the list says */
      logo: string;
      /** as the list says */
      name: string;
      /** as the list says */
      tvg_id: string;
    };
    /** streams that you took out */
    separated: {
      /** the name of the account whose list has it */
      account: string;
      /** that the provider puts it into */
      group: string;
      /** what it is */
      kind: "live" | "movie" | "series";
      /** as the provider calls it */
      name: string;
      /** the provider's number */
      provider_id: string;
      /** its id for a guide, as the provider says */
      tvg_id: string;
      /** where it is */
      url: string;
    }[];
    /** fields that no list and no matching changes; one that is taken out is again what the list says */
    settled: ("number" | "name" | "group" | "logo" | "tvg-id" | "guide" | "hidden" | "order")[];
    /** file on the server with a transport stream that is shown while no source works, from the next time it is opened; "": that of the settings */
    slate: string;
    /** its name; "": none was chosen */
    stream_profile: string;
    /** in the order in which they are tried */
    streams: {
      /** the name of the account whose list has it */
      account: string;
      /** that it is this channel, up to 100 */
      confidence: number;
      /** that the provider puts it into */
      group: string;
      /** what it is */
      kind: "live" | "movie" | "series";
      /** put there by you */
      manual: boolean;
      /** as the provider calls it */
      name: string;
      /** the provider's number */
      provider_id: string;
      /** why it was put there */
      reason: string;
      /** its id for a guide, as the provider says */
      tvg_id: string;
      /** where it is */
      url: string;
    }[];
    /** its id in playlists and guides that are given out */
    tvg_id: string;
    /** of its public address */
    uuid: string;
  }[];
  /** in the order in which they are tried */
  dummy_rules: {
    /** of an event */
    length_minutes: number;
    /** unique */
    name: string;
    /** a regular expression, found in the name of a channel; its groups title, date, time (or day, month, year, hour, minute, ampm) tell of the event */
    pattern: string;
    /** what is shown */
    templates: {
      /** of the event */
      description: string;
      /** after it */
      ended_description: string;
      /** after it */
      ended_title: string;
      /** of the event; {title} and other groups of the pattern, {starttime24}, {date} … */
      title: string;
      /** before it */
      upcoming_description: string;
      /** before it */
      upcoming_title: string;
    };
    /** by how much the hours that are told are ahead of UTC */
    zone_minutes: number;
  }[];
  /** by name */
  guides: {
    /** whether it is refreshed and used */
    enabled: boolean;
    /** how far ahead they are kept */
    future_days: number;
    /** URL or path of the XMLTV; shown with *** for what is secret */
    location: string;
    /** unique */
    name: string;
    /** how long programmes are kept that are over */
    past_days: number;
    /** higher: preferred */
    priority: number;
    /** as of an account */
    refresh: string;
    /** how requests to it look */
    requests: {
      /** sent with every request */
      headers: {
        /** of the header */
        name: string;
        /** of the header; *** where it is secret */
        value: string;
      }[];
      /** http://user:password@host:port, shown with *** for them; "": none */
      proxy: string;
      /** sent with every request; "": that of the program */
      user_agent: string;
    };
  }[];
  /** by name */
  profiles: {
    /** the uuids of its channels, in its order */
    channels: string[];
    /** unique */
    name: string;
  }[];
  /** streams with properties of your own, or a stream profile */
  properties: {
    /** the name of the account whose list has it */
    account: string;
    /** properties of your own */
    custom: Record<string, unknown>;
    /** that the provider puts it into */
    group: string;
    /** what it is */
    kind: "live" | "movie" | "series";
    /** as the provider calls it */
    name: string;
    /** the provider's number */
    provider_id: string;
    /** its name; "": none was chosen */
    stream_profile: string;
    /** its id for a guide, as the provider says */
    tvg_id: string;
    /** where it is */
    url: string;
  }[];
  /** the version of this form: 1 */
  relevo_export: number;
  /** your own, by name */
  stream_profiles: {
    /** a program and its arguments with {streamUrl}, {userAgent}, {channelId}, which writes a transport stream to its standard output; no shell runs it */
    command: string;
    /** proxy: read by the daemon; redirect: players are sent to the provider; command: read by a program */
    kind: "proxy" | "redirect" | "command";
    /** unique */
    name: string;
    /** "": that of the stream or its account */
    user_agent: string;
  }[];
  /** by age */
  web_hooks: {
    /** whether it is told anything */
    enabled: boolean;
    /** of events that it is told of; none: alert-raised and alert-closed */
    kinds: string[];
    /** as it was entered */
    secret: string;
    /** to which is posted, http or https */
    url: string;
  }[];
}

export interface Figure {
  /** when each step begins; only those since the daemon started */
  at: number[];
  /** of each step; null: it was not measured then */
  mean: {
    /** processors that are busy, without the programs that it runs; 0.5: half of one */
    cpu: (number | null)[];
    /** bytes that it has in memory */
    memory: (number | null)[];
    /** bits a second, from providers */
    received: (number | null)[];
    /** bits a second, to viewers */
    sent: (number | null)[];
    /** channels that play */
    sessions: (number | null)[];
    /** who watch */
    viewers: (number | null)[];
  };
  /** of each step */
  most: {
    /** processors that are busy, without the programs that it runs; 0.5: half of one */
    cpu: (number | null)[];
    /** bytes that it has in memory */
    memory: (number | null)[];
    /** bits a second, from providers */
    received: (number | null)[];
    /** bits a second, to viewers */
    sent: (number | null)[];
    /** channels that play */
    sessions: (number | null)[];
    /** who watch */
    viewers: (number | null)[];
  };
  /** of the last seconds; null: it is too early */
  now: {
    /** processors that are busy, without the programs that it runs; 0.5: half of one */
    cpu: number;
    /** bytes that it has in memory */
    memory: number;
    /** bits a second, from providers */
    received: number;
    /** bits a second, to viewers */
    sent: number;
    /** channels that play */
    sessions: number;
    /** who watch */
    viewers: number;
  } | null;
  /** how long it is kept */
  span_s: number;
  /** from one value to the next */
  step_s: number;
}

export interface Group {
  /** whose list has it */
  account: number;
  /** its number */
  id: number;
  /** of its streams */
  kind: "live" | "movie" | "series";
  /** as the provider calls it */
  name: string;
  /** how many of them the list has */
  streams: number;
  /** how channels are made of it; null: none are */
  sync: {
    /** a regular expression of names that are not taken; "": none */
    exclude: string;
    /** number of the range */
    first: number;
    /** of the channels; "": named as the provider's */
    group: string;
    /** a regular expression of names that are taken; "": all */
    include: string;
    /** number of the range */
    last: number;
    /** with the streams of other accounts that are the same channel */
    merge: boolean;
    /** fixed: from the start of the range on; provider: the list's own numbers; next-free: behind the highest that is taken */
    numbering: "fixed" | "provider" | "next-free";
    /** what stands there instead; $1, $<name>: what a group matched */
    replacement: string;
    /** a regular expression of what is replaced in names */
    search: string;
  } | null;
  /** whether its streams are taken at the next refresh */
  wanted: boolean;
}

export interface Guide {
  /** whether it is refreshed and used */
  enabled: boolean;
  /** how far ahead they are kept */
  future_days: number;
  /** its number */
  id: number;
  /** URL or path of the XMLTV; shown with *** for what is secret */
  location: string;
  /** unique */
  name: string;
  /** how long programmes are kept that are over */
  past_days: number;
  /** higher: preferred */
  priority: number;
  /** as of an account */
  refresh: string;
  /** how requests to it look */
  requests: {
    /** sent with every request */
    headers: {
      /** of the header */
      name: string;
      /** of the header; *** where it is secret */
      value: string;
    }[];
    /** http://user:password@host:port, shown with *** for them; "": none */
    proxy: string;
    /** sent with every request; "": that of the program */
    user_agent: string;
  };
  state: {
    /** of the last refresh that changed something */
    counts: Record<string, unknown>;
    /** in a row: the next try waits longer each time */
    failures: number;
    /** of what is wrong */
    message: string;
    /** when it was refreshed well */
    refreshed: number | null;
    /** new, good, objected or failed */
    state: string;
    /** when it was refreshed last, well or not */
    tried: number | null;
  };
}

export interface GuideChannel {
  /** its id in that guide */
  channel: string;
  /** URL of a picture */
  icon: string;
  /** as the guide calls it */
  names: string[];
  /** the guide's number */
  source: number;
}

export interface GuideGrid {
  channel: number;
  guided: boolean;
  logo: string;
  name: string;
  number: string | null;
  programmes: {
    start: number;
    stop: number;
    title: string;
  }[];
}

export interface GuideProgramme {
  channel: number;
  logo: string;
  name: string;
  number: string | null;
  start: number;
  stop: number;
  subtitle: string;
  title: string;
}

export interface GuideReview {
  /** the best first */
  candidates: {
    /** the id of the channel in that guide */
    channel: string;
    /** chosen by you: matching never changes it */
    manual: boolean;
    /** why it was taken */
    reason: string;
    /** how sure the match is, up to 100 */
    score: number;
    /** the guide's number */
    source: number;
  }[];
  /** whose guide you should choose */
  channel: number;
  /** why none was taken */
  reason: string;
}

export interface History {
  /** that it is about */
  account: number | null;
  /** when */
  at_ms: number;
  /** that it is about; it may have gone, as the next ones */
  channel: number | null;
  /** all that is known */
  evidence: Record<string, unknown>;
  /** its number; later events have higher ones */
  id: number;
  /** "switched", "candidate-failed", "refreshed" … */
  kind: string;
  /** that it is about; 0: none */
  session: number;
  /** that it is about */
  stream: number | null;
  /** the name of the channel, account or guide */
  subject: string;
  /** what happened and why, for people */
  summary: string;
}

export interface Key {
  /** its number */
  id: number;
  /** when */
  made: number;
  /** unique, whatever the case of its letters */
  name: string;
  /** what it may */
  role: "viewer" | "operator" | "administrator";
}

export interface Lease {
  account: number;
  age_ms: number;
  holder: string;
  login: number;
}

export interface Level {
  level: string;
}

export interface Log {
  at_ms: number;
  level: string;
  number: number;
  text: string;
}

export interface Login {
  /** that it belongs to */
  account: number;
  /** at most; 0: any number */
  connections: number;
  /** whether it is used */
  enabled: boolean;
  /** as the provider told or you did; null: never, or not known */
  expires: number | null;
  /** its number */
  id: number;
  /** unique in its account */
  name: string;
  /** never shown */
  password: string;
  /** what stands there instead; $1, $<name>: what a group matched; shown as *** */
  replace: string;
  /** a regular expression of what is other in its URLs; shown as *** */
  search: string;
  /** of a panel */
  username: string;
}

export interface Me {
  /** for the header X-CSRF-Token, where a session asks */
  csrf: string | null;
  /** of the user or key; "": none was needed */
  name: string;
  /** what he may */
  role: "viewer" | "operator" | "administrator";
  user: {
    /** whether he may anything at all */
    enabled: boolean;
    /** his number */
    id: number;
    /** unique, whatever the case of its letters */
    name: string;
    /** from where alone he may come, as 192.168.0.0/16; none: from anywhere */
    networks: string[];
    /** whose streams get a connection where all are in use and preempt is set: those of the highest */
    priority: number;
    /** numbers of the profiles whose channels are all that he sees; null: he sees all channels */
    profiles: number[] | null;
    /** what he may */
    role: "viewer" | "operator" | "administrator";
    /** what his players show, in addresses */
    stream_token: string;
    /** that he may watch at once; 0: any number */
    streams: number;
  } | null;
}

export interface Profile {
  /** its number */
  id: number;
  /** unique */
  name: string;
}

export interface Programme {
  /**  */
  description: string;
  /** all else, under the names of XMLTV */
  details: Record<string, unknown>;
  /** when it begins */
  start: number;
  /** when it ends */
  stop: number;
  /**  */
  subtitle: string;
  /**  */
  title: string;
}

export interface Session {
  candidates: {
    attempts: number;
    bits_per_second: number;
    continuity_errors: number;
    failures: number;
    id: string;
    label: string;
    last_failure: string;
    login: number;
    penalty: number;
    stream: number;
  }[];
  channel: number;
  channel_name: string;
  channel_uuid: string;
  current: string;
  facts: {
    audio: {
      channels: number;
      codec: string;
      language: string;
      sample_rate: number;
    }[];
    bits_per_second: number;
    video?: {
      codec: string;
      frames_per_second: number;
      height: number;
      interlaced: boolean;
      profile: string;
      width: number;
    };
  };
  id: number;
  obstacle: {
    candidate: string;
    holders?: string[];
    level?: string;
    limit?: number;
    taken?: number;
  } | null;
  since_ms: number;
  state: string;
  switches: number;
  viewers: {
    address: string;
    agent: string;
    bytes: number;
    connections: number;
    id: number;
    kind: string;
    lag_bytes: number;
    lag_ms: number;
    since_ms: number;
    skips: number;
    user: string;
  }[];
  waiting: {
    address: string;
    agent: string;
    user: string;
  }[];
  waits_for: string;
}

export interface Setting {
  /** what it is for */
  about: string;
  /** that holds where nobody says anything */
  default: string;
  /** in brackets in the file */
  group: string;
  /** in front of the equals sign */
  name: string;
  /** who said it; an option of the command line wins */
  origin: "default" | "file" | "option";
  /** that holds */
  value: string;
}

export interface Setup {
  needed: boolean;
}

export interface Stream {
  /** whose list has it */
  account: number;
  /** not for children, the provider says */
  adult: boolean;
  /** of past programmes that can be had */
  archive_days: number;
  /** the numbers of the channels that are played from it */
  channels: number[];
  /** properties of your own */
  custom: Record<string, unknown>;
  /** all else that the list told, with *** for what is secret */
  details: Record<string, unknown>;
  /** that the provider puts it into */
  group: string;
  /** its number; it stays the same whatever the provider does */
  id: number;
  /** what it is */
  kind: "live" | "movie" | "series";
  /** why it was given up last; null: never */
  last_failure: {
    /** when */
    at_ms: number;
    /** "ended", "status", "first-byte-timeout" … */
    failure: string;
    /** for people */
    reason: string;
  } | null;
  /** URL of a picture */
  logo: string;
  /** what was found out when it played last; null: it never has */
  measured: {
    /** when */
    at_ms: number;
    /**  */
    audio: {
      /** 0: not known */
      channels: number;
      /**  */
      codec: string;
      /** ISO 639-2; "": not told */
      language: string;
      /** 0: not known */
      sample_rate: number;
    }[];
    /** of all of it */
    bits_per_second: number;
    /** null: it has none */
    video: {
      /** "H.264", "H.265" … */
      codec: string;
      /** by their time stamps; two fields are one frame; 0: not known */
      frames_per_second: number;
      /** 0: not known */
      height: number;
      /**  */
      interlaced: boolean;
      /** "High" …; "": not known */
      profile: string;
      /** 0: not known */
      width: number;
    } | null;
  } | null;
  /** its list no longer has it */
  missing_since: number | null;
  /** as the provider calls it */
  name: string;
  /** as the provider counts */
  number: string;
  /** points for its failures, which fade; 0: none */
  penalty: number;
  /** the provider's number */
  provider_id: string;
  /** of its measured quality */
  score: number | null;
  /** how it is read, where its channel does not say; null: as the settings say */
  stream_profile: number | null;
  /** its id for a guide, as the provider says */
  tvg_id: string;
  /** where it is, with *** for what is secret; "": made of the login when it is played */
  url: string;
}

export interface StreamProfile {
  /** a program and its arguments with {streamUrl}, {userAgent}, {channelId}, which writes a transport stream to its standard output; no shell runs it */
  command: string;
  /** its number */
  id: number;
  /** proxy: read by the daemon; redirect: players are sent to the provider; command: read by a program */
  kind: "proxy" | "redirect" | "command";
  /** unique */
  name: string;
  /** comes with the program, and stays as it is */
  stock: boolean;
  /** "": that of the stream or its account */
  user_agent: string;
}

export interface User {
  /** whether he may anything at all */
  enabled: boolean;
  /** his number */
  id: number;
  /** unique, whatever the case of its letters */
  name: string;
  /** from where alone he may come, as 192.168.0.0/16; none: from anywhere */
  networks: string[];
  /** whose streams get a connection where all are in use and preempt is set: those of the highest */
  priority: number;
  /** numbers of the profiles whose channels are all that he sees; null: he sees all channels */
  profiles: number[] | null;
  /** what he may */
  role: "viewer" | "operator" | "administrator";
  /** what his players show, in addresses */
  stream_token: string;
  /** that he may watch at once; 0: any number */
  streams: number;
}

export interface WebHook {
  /** when something was delivered last */
  delivered: number | null;
  /** whether it is told anything */
  enabled: boolean;
  /** its number */
  id: number;
  /** of events that it is told of; none: alert-raised and alert-closed */
  kinds: string[];
  /** why the last delivery failed; "": it did not */
  message: string;
  /** with which the body is signed: X-Relevo-Signature is "sha256=" and its HMAC-SHA256; "": it is not */
  secret: string;
  /** to which is posted, http or https */
  url: string;
}

export type AccessReason = "network" | "disabled" | "role" | "origin" | "csrf" | "local-only" | "login-needed" | "wrong-credentials" | "too-many-tries";

export type AlertKind = "losses" | "failed" | "no-source" | "login-expires" | "login-expired";

export type ErrorCode = "abandoned" | "bad-form" | "bad-url" | "body-too-large" | "busy" | "conflict" | "csrf" | "database" | "disabled" | "failed" | "forbidden" | "gone" | "headers-too-large" | "host" | "internal" | "invalid" | "last-administrator" | "local-only" | "login-needed" | "method-not-allowed" | "network" | "no-room" | "no-space" | "no-logo" | "no-such-range" | "not-found" | "numbers-changed" | "origin" | "role" | "running" | "set-up" | "too-many-connections" | "too-many-streams" | "too-many-tries" | "unavailable" | "websocket-only" | "wrong-content-type" | "wrong-credentials";

export type EventKind = "session-opened" | "session-closed" | "candidate-tried" | "candidate-failed" | "slot-refused" | "connection-awaited" | "switched" | "all-failed" | "slate-shown" | "slate-hidden" | "viewer-joined" | "viewer-refused" | "viewer-redirected" | "viewer-left" | "refused" | "login-failed" | "login" | "logout" | "logged-out-everywhere" | "user-added" | "user-changed" | "user-removed" | "password-changed" | "token-renewed" | "key-added" | "key-removed" | "device-added" | "device-changed" | "device-removed" | "refreshed" | "alert-raised" | "alert-closed" | "daemon-started" | "daemon-ended";

export type Flaw = "unfit" | "needed" | "empty" | "too-long" | "too-short" | "out-of-range" | "not-there" | "twice" | "fixed" | "masked" | "colon" | "pattern" | "too-slow" | "schedule" | "network" | "mac" | "url" | "path" | "unreadable" | "no-file" | "taken";

export type LeaveReason = "removed" | "hung-up" | "stalled" | "ended" | "stopped" | "failed" | "silent" | "replaced";

export type RefreshCause = "other" | "address" | "dns" | "refused" | "forbidden" | "tls" | "proxy" | "timeout" | "broke-off" | "status" | "unavailable" | "login" | "no-login" | "no-list" | "file" | "disk" | "unreadable" | "filter" | "database" | "cancelled";

export type RefreshObjection = "empty" | "shrunken" | "cut";

export type RefreshOutcome = "done" | "unchanged" | "objected" | "failed";

export type SessionCause = "unwatched" | "removed" | "room-made" | "stopped" | "no-source" | "no-connection" | "failed" | "sent-away" | "misasked";

export type SlotLevel = "login" | "credentials" | "account" | "global";

export type SourceFailure = "refused" | "dns" | "status" | "not-a-transport-stream" | "ended" | "truncated" | "slot-refused" | "other" | "slot-timeout" | "connect-timeout" | "first-byte-timeout" | "entry-timeout" | "stalled" | "slow" | "scrambled" | "no-video";

export type SourceReason = "start" | "failure" | "removal" | "user" | "standby" | "return";

/** Of each operation: what its query may say, what it takes, what it gives. */
export interface Operations {
  /** all accounts, by name */
  'GET /api/v1/accounts': {
    query: Record<string, never>;
    takes: undefined;
    gives: Account[];
  };
  /** a new account */
  'POST /api/v1/accounts': {
    query: Record<string, never>;
    takes: {
      /** at most, over all logins; 0: any number */
      connections?: number;
      /** whether it is refreshed and its streams are used */
      enabled?: boolean;
      /** in their order; the first one that matches decides */
      filters?: {
        /** what matches is left out; false: it is kept, whatever the filters behind this one say */
        exclude?: boolean;
        /** what of a stream is looked at */
        field?: "name" | "group" | "url";
        /** whether upper and lower case are different */
        match_case?: boolean;
        /** a regular expression, found anywhere in it */
        pattern?: string;
      }[];
      /** where its streams come from */
      kind?: "m3u" | "xtream" | "database" | "manual";
      /** what a stream is known again by after a refresh, most trusted first */
      likenesses?: ("provider-id" | "url" | "address" | "title" | "name")[];
      /** URL of the playlist or panel, or path of the file; shown with *** for what is secret */
      location?: string;
      /** unique */
      name?: string;
      /** whether groups that are seen for the first time are wanted */
      new_groups?: boolean;
      /** higher: preferred */
      priority?: number;
      /** hours ("24h"), a line of cron ("30 4 * * *"), or "": by hand only */
      refresh?: string;
      /** how requests to the provider look */
      requests?: {
        /** sent with every request */
        headers?: {
          /** of the header */
          name?: string;
          /** of the header; *** where it is secret */
          value?: string;
        }[];
        /** http://user:password@host:port, shown with *** for them; "": none */
        proxy?: string;
        /** sent with every request; "": that of the program */
        user_agent?: string;
      };
      /** accounts of one provider: equal logins in a group share their connections */
      server_group?: string;
      /** a list that lost more than that changes nothing until it is accepted */
      shrink_percent?: number;
      /** how long streams are kept that its list no longer has */
      stale_days?: number;
    };
    gives: Account;
  };
  /** takes an account away, with its streams */
  'DELETE /api/v1/accounts/{account}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** an account */
  'GET /api/v1/accounts/{account}': {
    query: Record<string, never>;
    takes: undefined;
    gives: Account;
  };
  /** changes of an account */
  'PATCH /api/v1/accounts/{account}': {
    query: Record<string, never>;
    takes: {
      /** at most, over all logins; 0: any number */
      connections?: number;
      /** whether it is refreshed and its streams are used */
      enabled?: boolean;
      /** in their order; the first one that matches decides */
      filters?: {
        /** what matches is left out; false: it is kept, whatever the filters behind this one say */
        exclude?: boolean;
        /** what of a stream is looked at */
        field?: "name" | "group" | "url";
        /** whether upper and lower case are different */
        match_case?: boolean;
        /** a regular expression, found anywhere in it */
        pattern?: string;
      }[];
      /** where its streams come from */
      kind?: "m3u" | "xtream" | "database" | "manual";
      /** what a stream is known again by after a refresh, most trusted first */
      likenesses?: ("provider-id" | "url" | "address" | "title" | "name")[];
      /** URL of the playlist or panel, or path of the file; shown with *** for what is secret */
      location?: string;
      /** unique */
      name?: string;
      /** whether groups that are seen for the first time are wanted */
      new_groups?: boolean;
      /** higher: preferred */
      priority?: number;
      /** hours ("24h"), a line of cron ("30 4 * * *"), or "": by hand only */
      refresh?: string;
      /** how requests to the provider look */
      requests?: {
        /** sent with every request */
        headers?: {
          /** of the header */
          name?: string;
          /** of the header; *** where it is secret */
          value?: string;
        }[];
        /** http://user:password@host:port, shown with *** for them; "": none */
        proxy?: string;
        /** sent with every request; "": that of the program */
        user_agent?: string;
      };
      /** accounts of one provider: equal logins in a group share their connections */
      server_group?: string;
      /** a list that lost more than that changes nothing until it is accepted */
      shrink_percent?: number;
      /** how long streams are kept that its list no longer has */
      stale_days?: number;
    };
    gives: Account;
  };
  /** what a refresh would change */
  'POST /api/v1/accounts/{account}/dry-run': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** what filters would leave of the streams that are kept from its list */
  'POST /api/v1/accounts/{account}/filter-preview': {
    query: Record<string, never>;
    takes: {
      /** in place of those of the account */
      filters?: {
        /** what matches is left out; false: it is kept, whatever the filters behind this one say */
        exclude?: boolean;
        /** what of a stream is looked at */
        field?: "name" | "group" | "url";
        /** whether upper and lower case are different */
        match_case?: boolean;
        /** a regular expression, found anywhere in it */
        pattern?: string;
      }[];
    };
    gives: {
      /** names of those, at most 50 */
      examples_kept: string[];
      /** names of these, at most 50 */
      examples_left_out: string[];
      /** how many streams would stay */
      kept: number;
      /** how many would go */
      left_out: number;
    };
  };
  /** the groups of its lists */
  'GET /api/v1/accounts/{account}/groups': {
    query: Record<string, never>;
    takes: undefined;
    gives: Group[];
  };
  /** uploads the playlist of an account, packed or not; a refresh then reads it */
  'PUT /api/v1/accounts/{account}/list': {
    query: Record<string, never>;
    takes: undefined;
    gives: {
      /** at most, over all logins; 0: any number */
      connections: number;
      /** whether it is refreshed and its streams are used */
      enabled: boolean;
      /** in their order; the first one that matches decides */
      filters: {
        /** what matches is left out; false: it is kept, whatever the filters behind this one say */
        exclude: boolean;
        /** what of a stream is looked at */
        field: "name" | "group" | "url";
        /** whether upper and lower case are different */
        match_case: boolean;
        /** a regular expression, found anywhere in it */
        pattern: string;
      }[];
      /** its number */
      id: number;
      /** where its streams come from */
      kind: "m3u" | "xtream" | "database" | "manual";
      /** what a stream is known again by after a refresh, most trusted first */
      likenesses: ("provider-id" | "url" | "address" | "title" | "name")[];
      /** URL of the playlist or panel, or path of the file; shown with *** for what is secret */
      location: string;
      /** unique */
      name: string;
      /** whether groups that are seen for the first time are wanted */
      new_groups: boolean;
      /** higher: preferred */
      priority: number;
      /** hours ("24h"), a line of cron ("30 4 * * *"), or "": by hand only */
      refresh: string;
      /** how requests to the provider look */
      requests: {
        /** sent with every request */
        headers: {
          /** of the header */
          name: string;
          /** of the header; *** where it is secret */
          value: string;
        }[];
        /** http://user:password@host:port, shown with *** for them; "": none */
        proxy: string;
        /** sent with every request; "": that of the program */
        user_agent: string;
      };
      /** accounts of one provider: equal logins in a group share their connections */
      server_group: string;
      /** a list that lost more than that changes nothing until it is accepted */
      shrink_percent: number;
      /** how long streams are kept that its list no longer has */
      stale_days: number;
    };
  };
  /** its logins, in the order in which they are tried */
  'GET /api/v1/accounts/{account}/logins': {
    query: Record<string, never>;
    takes: undefined;
    gives: Login[];
  };
  /** a new login, tried last */
  'POST /api/v1/accounts/{account}/logins': {
    query: Record<string, never>;
    takes: {
      /** at most; 0: any number */
      connections?: number;
      /** whether it is used */
      enabled?: boolean;
      /** as the provider told or you did; null: never, or not known */
      expires?: number | null;
      /** unique in its account */
      name?: string;
      /** never shown */
      password?: string;
      /** what stands there instead; $1, $<name>: what a group matched; shown as *** */
      replace?: string;
      /** a regular expression of what is other in its URLs; shown as *** */
      search?: string;
      /** of a panel */
      username?: string;
    };
    gives: Login;
  };
  /** ends the refresh of the account */
  'DELETE /api/v1/accounts/{id}/refresh': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** the last event about a refresh of the account, or null */
  'GET /api/v1/accounts/{id}/refresh': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** refreshes the account; events tell how it goes */
  'POST /api/v1/accounts/{id}/refresh': {
    query: Record<string, never>;
    takes: {
      accept_losses?: boolean;
      even_unchanged?: boolean;
    };
    gives: unknown;
  };
  /** what needs a person, the newest first */
  'GET /api/v1/alerts': {
    query: { closed?: boolean; state?: "open" | "acknowledged" | "closed"; };
    takes: undefined;
    gives: Alert[];
  };
  /** closes an alert */
  'DELETE /api/v1/alerts/{alert}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** somebody has seen an open alert */
  'POST /api/v1/alerts/{alert}/acknowledge': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** the database as it is now, as a file */
  'GET /api/v1/backup': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** the groups of channels, by name */
  'GET /api/v1/channel-groups': {
    query: Record<string, never>;
    takes: undefined;
    gives: ChannelGroup[];
  };
  /** the numbers of channels that fit, in the order of the list: 20,000 at a time */
  'GET /api/v1/channel-ids': {
    query: { group?: string; q?: string; hidden?: boolean; automatic?: boolean; guided?: boolean; profile?: number; without?: string; offset?: number; };
    takes: undefined;
    gives: number[];
  };
  /** channels with streams that may be another channel, the least sure first */
  'GET /api/v1/channel-reviews': {
    query: { limit?: number; offset?: number; };
    takes: undefined;
    gives: {
      items: ChannelReview[];
      total: number;
    };
  };
  /** pairs of channels that may be the same one, the most alike first */
  'GET /api/v1/channel-twins': {
    query: { limit?: number; offset?: number; };
    takes: undefined;
    gives: {
      items: ChannelTwin[];
      total: number;
    };
  };
  /** channels, a page at a time */
  'GET /api/v1/channels': {
    query: { group?: string; q?: string; hidden?: boolean; automatic?: boolean; guided?: boolean; profile?: number; without?: string; sort?: "number" | "name" | "group" | "id"; limit?: number; offset?: number; };
    takes: undefined;
    gives: {
      items: Channel[];
      total: number;
    };
  };
  /** a new channel */
  'POST /api/v1/channels': {
    query: Record<string, never>;
    takes: {
      /** properties of your own */
      custom?: Record<string, unknown>;
      /** "": none */
      group?: string;
      /** where its programmes come from */
      guide?: {
        /** the id of the channel in that guide */
        channel?: string;
        /** the guide's number */
        source?: number;
      } | null;
      /** by how much they are moved */
      guide_shift_minutes?: number;
      /** not given out */
      hidden?: boolean;
      /** URL of a picture */
      logo?: string;
      /** for viewers */
      name?: string;
      /** for viewers */
      number?: string | null;
      /** fields that no list and no matching changes; one that is taken out is again what the list says */
      settled?: ("number" | "name" | "group" | "logo" | "tvg-id" | "guide" | "hidden" | "order")[];
      /** file on the server with a transport stream that is shown while no source works, from the next time it is opened; "": that of the settings */
      slate?: string;
      /** how its streams are read; null: as each of them says */
      stream_profile?: number | null;
      /** its id in playlists and guides that are given out */
      tvg_id?: string;
    };
    gives: Channel;
  };
  /** closes the holes between the numbers of a range */
  'POST /api/v1/channels/compact': {
    query: Record<string, never>;
    takes: {
      /** number of the range */
      first?: number;
      /** number of the range */
      last?: number;
      /** tells what would change, and changes nothing */
      preview?: boolean;
    };
    gives: {
      changes: {
        /** for viewers */
        after: string;
        /** null: it had none */
        before: string | null;
        /** its number inside */
        channel: number;
      }[];
    };
  };
  /** what streams they have is right: it stays, and is no more to be reviewed */
  'POST /api/v1/channels/confirm': {
    query: Record<string, never>;
    takes: {
      /** their numbers inside */
      channels?: number[];
    };
    gives: unknown;
  };
  /** takes many channels away; tells how many were there */
  'POST /api/v1/channels/delete': {
    query: Record<string, never>;
    takes: {
      /** their numbers inside */
      channels?: number[];
    };
    gives: {
      deleted: number;
    };
  };
  /** the same change of many channels; tells how many it changed */
  'POST /api/v1/channels/edit': {
    query: Record<string, never>;
    takes: {
      /** that are changed; what automatic ones are given is settled */
      channels?: number[];
      /** null: stays */
      group?: string | null;
      /** null: stays */
      guide_shift_minutes?: number | null;
      /** null: stays */
      hidden?: boolean | null;
      /** null: stays */
      logo?: string | null;
    };
    gives: {
      changed: number;
    };
  };
  /** all streams go into the first channel; the others are gone */
  'POST /api/v1/channels/merge': {
    query: Record<string, never>;
    takes: {
      /** their numbers inside */
      channels?: number[];
    };
    gives: Channel;
  };
  /** channels to a number; those that are in the way move up */
  'POST /api/v1/channels/move': {
    query: Record<string, never>;
    takes: {
      /** that get the numbers from `first` on, in this order */
      channels?: number[];
      /** their first number; others move up */
      first?: number;
      /** tells what would change, and changes nothing */
      preview?: boolean;
    };
    gives: {
      changes: {
        /** for viewers */
        after: string;
        /** null: it had none */
        before: string | null;
        /** its number inside */
        channel: number;
      }[];
    };
  };
  /** replaces a pattern in names */
  'POST /api/v1/channels/rename': {
    query: Record<string, never>;
    takes: {
      /** that are renamed */
      channels?: number[];
      /** tells what would change, and changes nothing */
      preview?: boolean;
      /** what stands there instead; $1, $<name>: what a group matched */
      replacement?: string;
      /** a regular expression of what is replaced in names */
      search?: string;
    };
    gives: {
      changes: {
        /** for viewers */
        after: string;
        /** for viewers */
        before: string;
        /** its number inside */
        channel: number;
      }[];
    };
  };
  /** numbers without a hole, in the order that is given */
  'POST /api/v1/channels/renumber': {
    query: Record<string, never>;
    takes: {
      /** that get the numbers of the range, in this order */
      channels?: number[];
      /** number of the range */
      first?: number;
      /** number of the range */
      last?: number;
      /** tells what would change, and changes nothing */
      preview?: boolean;
    };
    gives: {
      changes: {
        /** for viewers */
        after: string;
        /** null: it had none */
        before: string | null;
        /** its number inside */
        channel: number;
      }[];
    };
  };
  /** they, 50 at most, are different: no stream of one comes into another by itself */
  'POST /api/v1/channels/separate': {
    query: Record<string, never>;
    takes: {
      /** their numbers inside */
      channels?: number[];
    };
    gives: unknown;
  };
  /** makes channels of the groups that have a rule, and keeps them as their lists */
  'POST /api/v1/channels/sync': {
    query: Record<string, never>;
    takes: {
      /** tells what would change, and changes nothing */
      preview?: boolean;
    };
    gives: {
      /** the first hundred of each kind */
      changes: {
        /** kept: all its streams are gone, but you have put your hand to it */
        action: "created" | "updated" | "removed" | "kept";
        /** its number; 0: one that a preview would make */
        channel: number;
        /** for viewers */
        name: string;
        /** for viewers */
        number: string | null;
        /** in the order in which they are tried */
        streams: ChannelStream[];
      }[];
      /** channels */
      created: number;
      /** channels for which their range had no number left */
      exhausted: number;
      /** likewise, but you have put your hand to them */
      kept: number;
      /** channels whose streams are all gone */
      removed: number;
      /** that channels are made of */
      streams: number;
      /** channels */
      unchanged: number;
      /** channels */
      updated: number;
    };
  };
  /** takes a channel away */
  'DELETE /api/v1/channels/{channel}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** a channel */
  'GET /api/v1/channels/{channel}': {
    query: Record<string, never>;
    takes: undefined;
    gives: Channel;
  };
  /** changes of a channel; what an automatic one is given is settled */
  'PATCH /api/v1/channels/{channel}': {
    query: Record<string, never>;
    takes: {
      /** properties of your own */
      custom?: Record<string, unknown>;
      /** "": none */
      group?: string;
      /** where its programmes come from */
      guide?: {
        /** the id of the channel in that guide */
        channel?: string;
        /** the guide's number */
        source?: number;
      } | null;
      /** by how much they are moved */
      guide_shift_minutes?: number;
      /** not given out */
      hidden?: boolean;
      /** URL of a picture */
      logo?: string;
      /** for viewers */
      name?: string;
      /** for viewers */
      number?: string | null;
      /** fields that no list and no matching changes; one that is taken out is again what the list says */
      settled?: ("number" | "name" | "group" | "logo" | "tvg-id" | "guide" | "hidden" | "order")[];
      /** file on the server with a transport stream that is shown while no source works, from the next time it is opened; "": that of the settings */
      slate?: string;
      /** how its streams are read; null: as each of them says */
      stream_profile?: number | null;
      /** its id in playlists and guides that are given out */
      tvg_id?: string;
    };
    gives: Channel;
  };
  /** its logo, as a picture */
  'GET /api/v1/channels/{channel}/logo': {
    query: { version?: string; };
    takes: undefined;
    gives: unknown;
  };
  /** a channel to another place among all; others make room where there is none */
  'POST /api/v1/channels/{channel}/move': {
    query: Record<string, never>;
    takes: {
      /** the channel that it shall stand behind; one of the two is needed */
      after?: number | null;
      /** the channel that it shall stand before */
      before?: number | null;
    };
    gives: {
      /** that it had; null: none */
      before: string | null;
      /** how many others got another number */
      moved: number;
      /** that the channel has now */
      number: string;
      /** which those are; null: none */
      others: {
        /** by how much they moved: 1 or -1 */
        by: number;
        /** number that they had */
        first: string;
        /** number that they had; a whole one has its minors with it */
        last: string;
      } | null;
      /** of all these numbers: tells whether one was changed since */
      state: string;
      /** whether its number was settled before */
      was_settled: boolean;
    };
  };
  /** takes such a move back, of which it is told the answer; refused where one of the numbers was changed since */
  'POST /api/v1/channels/{channel}/move-back': {
    query: Record<string, never>;
    takes: {
      /** that it had; null: none */
      before?: string | null;
      /** how many others got another number */
      moved?: number;
      /** that the channel has now */
      number?: string;
      /** which those are; null: none */
      others?: {
        /** by how much they moved: 1 or -1 */
        by?: number;
        /** number that they had */
        first?: string;
        /** number that they had; a whole one has its minors with it */
        last?: string;
      } | null;
      /** of all these numbers: tells whether one was changed since */
      state?: string;
      /** whether its number was settled before */
      was_settled?: boolean;
    };
    gives: unknown;
  };
  /** what is on: of its guide, or what its name tells, or blocks with its name */
  'GET /api/v1/channels/{channel}/programmes': {
    query: { from?: number; until?: number; };
    takes: undefined;
    gives: Programme[];
  };
  /** streams of a channel become a channel of their own, for ever */
  'POST /api/v1/channels/{channel}/split': {
    query: Record<string, never>;
    takes: {
      /** its name; null: as the other one */
      name?: string | null;
      /** its number; null: an automatic channel gets one from the next sync */
      number?: string | null;
      /** that become a channel of their own */
      streams?: number[];
    };
    gives: Channel;
  };
  /** its streams, in the order in which they are tried */
  'GET /api/v1/channels/{channel}/streams': {
    query: Record<string, never>;
    takes: undefined;
    gives: ChannelStream[];
  };
  /** all its streams, in their order */
  'PUT /api/v1/channels/{channel}/streams': {
    query: Record<string, never>;
    takes: {
      /** its number */
      stream?: number;
    }[];
    gives: ChannelStream[];
  };
  /** boxes, by name */
  'GET /api/v1/devices': {
    query: Record<string, never>;
    takes: undefined;
    gives: Device[];
  };
  /** a new box, that watches as a user */
  'POST /api/v1/devices': {
    query: Record<string, never>;
    takes: {
      /** whether it may */
      enabled?: boolean;
      /** its MAC address, as 00:1A:79:0B:0C:0D: all that it shows */
      mac?: string;
      /** unique, whatever the case of its letters */
      name?: string;
      /** number of the user as whom it watches */
      user?: number;
    };
    gives: Device;
  };
  /** takes a box away; what it watches goes on */
  'DELETE /api/v1/devices/{device}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** a box */
  'GET /api/v1/devices/{device}': {
    query: Record<string, never>;
    takes: undefined;
    gives: Device;
  };
  /** changes a box */
  'PATCH /api/v1/devices/{device}': {
    query: Record<string, never>;
    takes: {
      /** whether it may */
      enabled?: boolean;
      /** its MAC address, as 00:1A:79:0B:0C:0D: all that it shows */
      mac?: string;
      /** unique, whatever the case of its letters */
      name?: string;
      /** number of the user as whom it watches */
      user?: number;
    };
    gives: Device;
  };
  /** rules for the programmes of channels without a guide, in the order in which they are tried */
  'GET /api/v1/dummy-rules': {
    query: Record<string, never>;
    takes: undefined;
    gives: DummyRule[];
  };
  /** a new rule, tried last */
  'POST /api/v1/dummy-rules': {
    query: Record<string, never>;
    takes: {
      /** of an event */
      length_minutes?: number;
      /** unique */
      name?: string;
      /** a regular expression, found in the name of a channel; its groups title, date, time (or day, month, year, hour, minute, ampm) tell of the event */
      pattern?: string;
      /** what is shown */
      templates?: {
        /** of the event */
        description?: string;
        /** after it */
        ended_description?: string;
        /** after it */
        ended_title?: string;
        /** of the event; {title} and other groups of the pattern, {starttime24}, {date} … */
        title?: string;
        /** before it */
        upcoming_description?: string;
        /** before it */
        upcoming_title?: string;
      };
      /** by how much the hours that are told are ahead of UTC */
      zone_minutes?: number;
    };
    gives: DummyRule;
  };
  /** takes a rule away */
  'DELETE /api/v1/dummy-rules/{rule}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** changes of a rule */
  'PATCH /api/v1/dummy-rules/{rule}': {
    query: Record<string, never>;
    takes: {
      /** of an event */
      length_minutes?: number;
      /** unique */
      name?: string;
      /** a regular expression, found in the name of a channel; its groups title, date, time (or day, month, year, hour, minute, ampm) tell of the event */
      pattern?: string;
      /** what is shown */
      templates?: {
        /** of the event */
        description?: string;
        /** after it */
        ended_description?: string;
        /** after it */
        ended_title?: string;
        /** of the event; {title} and other groups of the pattern, {starttime24}, {date} … */
        title?: string;
        /** before it */
        upcoming_description?: string;
        /** before it */
        upcoming_title?: string;
      };
      /** by how much the hours that are told are ahead of UTC */
      zone_minutes?: number;
    };
    gives: DummyRule;
  };
  /** what happens, by WebSocket */
  'GET /api/v1/events': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** the whole configuration, with its passwords */
  'GET /api/v1/export': {
    query: Record<string, never>;
    takes: undefined;
    gives: Export;
  };
  /** what the daemon needs and moves: now, and in the last hour, day or week */
  'GET /api/v1/figures': {
    query: { span?: "now" | "hour" | "day" | "week"; };
    takes: undefined;
    gives: Figure;
  };
  /** whether the streams of a group are wanted, and how channels are made of them */
  'PATCH /api/v1/groups/{group}': {
    query: Record<string, never>;
    takes: {
      /** how channels are made of it; null: none are */
      sync?: {
        /** a regular expression of names that are not taken; "": none */
        exclude?: string;
        /** number of the range */
        first?: number;
        /** of the channels; "": named as the provider's */
        group?: string;
        /** a regular expression of names that are taken; "": all */
        include?: string;
        /** number of the range */
        last?: number;
        /** with the streams of other accounts that are the same channel */
        merge?: boolean;
        /** fixed: from the start of the range on; provider: the list's own numbers; next-free: behind the highest that is taken */
        numbering?: "fixed" | "provider" | "next-free";
        /** what stands there instead; $1, $<name>: what a group matched */
        replacement?: string;
        /** a regular expression of what is replaced in names */
        search?: string;
      } | null;
      /** whether its streams are taken at the next refresh */
      wanted?: boolean;
    };
    gives: {
      /** whose list has it */
      account: number;
      /** its number */
      id: number;
      /** of its streams */
      kind: "live" | "movie" | "series";
      /** as the provider calls it */
      name: string;
      /** how channels are made of it; null: none are */
      sync: {
        /** a regular expression of names that are not taken; "": none */
        exclude: string;
        /** number of the range */
        first: number;
        /** of the channels; "": named as the provider's */
        group: string;
        /** a regular expression of names that are taken; "": all */
        include: string;
        /** number of the range */
        last: number;
        /** with the streams of other accounts that are the same channel */
        merge: boolean;
        /** fixed: from the start of the range on; provider: the list's own numbers; next-free: behind the highest that is taken */
        numbering: "fixed" | "provider" | "next-free";
        /** what stands there instead; $1, $<name>: what a group matched */
        replacement: string;
        /** a regular expression of what is replaced in names */
        search: string;
      } | null;
      /** whether its streams are taken at the next refresh */
      wanted: boolean;
    };
  };
  /** channels of guides, a page at a time */
  'GET /api/v1/guide-channels': {
    query: { guide?: number; q?: string; sort?: "id" | "channel" | "source"; limit?: number; offset?: number; };
    takes: undefined;
    gives: {
      items: GuideChannel[];
      total: number;
    };
  };
  /** what is on, on a page of the channels that are not hidden: at most 30 channels, 12 hours and 48 programmes of each, whose titles may be cut */
  'GET /api/v1/guide-grid': {
    query: { q?: string; profile?: number; guided?: boolean; limit?: number; offset?: number; from?: number; until?: number; };
    takes: undefined;
    gives: {
      items: GuideGrid[];
      total: number;
    };
  };
  /** programmes by their title, the earliest first, of the channels that are not hidden: at most 100, whose titles may be cut; of guides alone, not what is told of channels without one */
  'GET /api/v1/guide-programmes': {
    query: { q?: string; from?: number; until?: number; profile?: number; limit?: number; offset?: number; };
    takes: undefined;
    gives: {
      items: GuideProgramme[];
      total: number;
    };
  };
  /** channels whose guide you should choose, a page at a time */
  'GET /api/v1/guide-reviews': {
    query: { sort?: "number" | "name"; limit?: number; offset?: number; };
    takes: undefined;
    gives: {
      items: GuideReview[];
      total: number;
    };
  };
  /** all guides, by name */
  'GET /api/v1/guides': {
    query: Record<string, never>;
    takes: undefined;
    gives: Guide[];
  };
  /** a new guide */
  'POST /api/v1/guides': {
    query: Record<string, never>;
    takes: {
      /** whether it is refreshed and used */
      enabled?: boolean;
      /** how far ahead they are kept */
      future_days?: number;
      /** URL or path of the XMLTV; shown with *** for what is secret */
      location?: string;
      /** unique */
      name?: string;
      /** how long programmes are kept that are over */
      past_days?: number;
      /** higher: preferred */
      priority?: number;
      /** as of an account */
      refresh?: string;
      /** how requests to it look */
      requests?: {
        /** sent with every request */
        headers?: {
          /** of the header */
          name?: string;
          /** of the header; *** where it is secret */
          value?: string;
        }[];
        /** http://user:password@host:port, shown with *** for them; "": none */
        proxy?: string;
        /** sent with every request; "": that of the program */
        user_agent?: string;
      };
    };
    gives: Guide;
  };
  /** finds guides for channels; for all where none is named */
  'POST /api/v1/guides/match': {
    query: Record<string, never>;
    takes: {
      /** their numbers inside */
      channels?: number[];
    };
    gives: {
      /** that were looked at */
      channels: number;
      /** by you, and left as they are */
      decided: number;
      /** that got a guide, or another one */
      linked: number;
      /** that nothing is like */
      none: number;
      /** for which you should choose */
      review: number;
      /** that keep theirs */
      unchanged: number;
      /** that lost theirs */
      unlinked: number;
    };
  };
  /** takes a guide away */
  'DELETE /api/v1/guides/{guide}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** a guide */
  'GET /api/v1/guides/{guide}': {
    query: Record<string, never>;
    takes: undefined;
    gives: Guide;
  };
  /** changes of a guide */
  'PATCH /api/v1/guides/{guide}': {
    query: Record<string, never>;
    takes: {
      /** whether it is refreshed and used */
      enabled?: boolean;
      /** how far ahead they are kept */
      future_days?: number;
      /** URL or path of the XMLTV; shown with *** for what is secret */
      location?: string;
      /** unique */
      name?: string;
      /** how long programmes are kept that are over */
      past_days?: number;
      /** higher: preferred */
      priority?: number;
      /** as of an account */
      refresh?: string;
      /** how requests to it look */
      requests?: {
        /** sent with every request */
        headers?: {
          /** of the header */
          name?: string;
          /** of the header; *** where it is secret */
          value?: string;
        }[];
        /** http://user:password@host:port, shown with *** for them; "": none */
        proxy?: string;
        /** sent with every request; "": that of the program */
        user_agent?: string;
      };
    };
    gives: Guide;
  };
  /** the programmes of one of its channels */
  'GET /api/v1/guides/{guide}/programmes': {
    query: { channel?: string; from?: number; until?: number; };
    takes: undefined;
    gives: Programme[];
  };
  /** ends the refresh of the guide */
  'DELETE /api/v1/guides/{id}/refresh': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** the last event about a refresh of the guide, or null */
  'GET /api/v1/guides/{id}/refresh': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** refreshes the guide; events tell how it goes */
  'POST /api/v1/guides/{id}/refresh': {
    query: Record<string, never>;
    takes: {
      accept_losses?: boolean;
      even_unchanged?: boolean;
    };
    gives: unknown;
  };
  /** what has happened, the newest first */
  'GET /api/v1/history': {
    query: { kind?: string; viewers?: boolean; subject?: string; channel?: number; account?: number; session?: number; after?: number; before?: number; since_ms?: number; before_ms?: number; limit?: number; offset?: number; };
    takes: undefined;
    gives: {
      items: History[];
      total: number;
    };
  };
  /** takes over an exported configuration: all of it, or nothing where something is wrong */
  'POST /api/v1/import': {
    query: Record<string, never>;
    takes: {
      /** by name */
      accounts?: {
        /** at most, over all logins; 0: any number */
        connections?: number;
        /** whether it is refreshed and its streams are used */
        enabled?: boolean;
        /** in their order; the first one that matches decides */
        filters?: {
          /** what matches is left out; false: it is kept, whatever the filters behind this one say */
          exclude?: boolean;
          /** what of a stream is looked at */
          field?: "name" | "group" | "url";
          /** whether upper and lower case are different */
          match_case?: boolean;
          /** a regular expression, found anywhere in it */
          pattern?: string;
        }[];
        /** that its lists had, and which of them are wanted */
        groups?: {
          /** of its streams */
          kind?: "live" | "movie" | "series";
          /** as the provider calls it */
          name?: string;
          /** how channels are made of it; null: none are */
          sync?: {
            /** a regular expression of names that are not taken; "": none */
            exclude?: string;
            /** number of the range */
            first?: number;
            /** of the channels; "": named as the provider's */
            group?: string;
            /** a regular expression of names that are taken; "": all */
            include?: string;
            /** number of the range */
            last?: number;
            /** with the streams of other accounts that are the same channel */
            merge?: boolean;
            /** fixed: from the start of the range on; provider: the list's own numbers; next-free: behind the highest that is taken */
            numbering?: "fixed" | "provider" | "next-free";
            /** what stands there instead; $1, $<name>: what a group matched */
            replacement?: string;
            /** a regular expression of what is replaced in names */
            search?: string;
          } | null;
          /** whether its streams are taken at the next refresh */
          wanted?: boolean;
        }[];
        /** where its streams come from */
        kind?: "m3u" | "xtream" | "database" | "manual";
        /** what a stream is known again by after a refresh, most trusted first */
        likenesses?: ("provider-id" | "url" | "address" | "title" | "name")[];
        /** URL of the playlist or panel, or path of the file; shown with *** for what is secret */
        location?: string;
        /** in the order in which they are tried */
        logins?: {
          /** at most; 0: any number */
          connections?: number;
          /** whether it is used */
          enabled?: boolean;
          /** as the provider told or you did; null: never, or not known */
          expires?: number | null;
          /** unique in its account */
          name?: string;
          /** as it was entered */
          password?: string;
          /** what stands there instead; $1, $<name>: what a group matched; shown as *** */
          replace?: string;
          /** a regular expression of what is other in its URLs; shown as *** */
          search?: string;
          /** of a panel */
          username?: string;
        }[];
        /** unique */
        name?: string;
        /** whether groups that are seen for the first time are wanted */
        new_groups?: boolean;
        /** higher: preferred */
        priority?: number;
        /** hours ("24h"), a line of cron ("30 4 * * *"), or "": by hand only */
        refresh?: string;
        /** how requests to the provider look */
        requests?: {
          /** sent with every request */
          headers?: {
            /** of the header */
            name?: string;
            /** of the header; *** where it is secret */
            value?: string;
          }[];
          /** http://user:password@host:port, shown with *** for them; "": none */
          proxy?: string;
          /** sent with every request; "": that of the program */
          user_agent?: string;
        };
        /** accounts of one provider: equal logins in a group share their connections */
        server_group?: string;
        /** a list that lost more than that changes nothing until it is accepted */
        shrink_percent?: number;
        /** how long streams are kept that its list no longer has */
        stale_days?: number;
      }[];
      /** in the order of their ids */
      channels?: {
        /** made of a provider's list */
        automatic?: boolean;
        /** properties of your own */
        custom?: Record<string, unknown>;
        /** "": none */
        group?: string;
        /** where its programmes come from */
        guide?: {
          /** the id of the channel in that guide */
          channel?: string;
          /** its name */
          guide?: string;
          /** chosen by you */
          manual?: boolean;
          /** why it was taken */
          reason?: string;
          /** how sure the match is, up to 100 */
          score?: number;
        } | null;
        /** by how much they are moved */
        guide_shift_minutes?: number;
        /** not given out */
        hidden?: boolean;
        /** URL of a picture */
        logo?: string;
        /** for viewers */
        name?: string;
        /** for viewers */
        number?: string | null;
        /** what fields become that are settled no more */
        provided?: {
          /** as the list says */
          group?: string;
          /** as the list says */
          logo?: string;
          /** as the list says */
          name?: string;
          /** as the list says */
          tvg_id?: string;
        };
        /** streams that you took out */
        separated?: {
          /** the name of the account whose list has it */
          account?: string;
          /** that the provider puts it into */
          group?: string;
          /** what it is */
          kind?: "live" | "movie" | "series";
          /** as the provider calls it */
          name?: string;
          /** the provider's number */
          provider_id?: string;
          /** its id for a guide, as the provider says */
          tvg_id?: string;
          /** where it is */
          url?: string;
        }[];
        /** fields that no list and no matching changes; one that is taken out is again what the list says */
        settled?: ("number" | "name" | "group" | "logo" | "tvg-id" | "guide" | "hidden" | "order")[];
        /** file on the server with a transport stream that is shown while no source works, from the next time it is opened; "": that of the settings */
        slate?: string;
        /** its name; "": none was chosen */
        stream_profile?: string;
        /** in the order in which they are tried */
        streams?: {
          /** the name of the account whose list has it */
          account?: string;
          /** that it is this channel, up to 100 */
          confidence?: number;
          /** that the provider puts it into */
          group?: string;
          /** what it is */
          kind?: "live" | "movie" | "series";
          /** put there by you */
          manual?: boolean;
          /** as the provider calls it */
          name?: string;
          /** the provider's number */
          provider_id?: string;
          /** why it was put there */
          reason?: string;
          /** its id for a guide, as the provider says */
          tvg_id?: string;
          /** where it is */
          url?: string;
        }[];
        /** its id in playlists and guides that are given out */
        tvg_id?: string;
        /** of its public address */
        uuid?: string;
      }[];
      /** in the order in which they are tried */
      dummy_rules?: {
        /** of an event */
        length_minutes?: number;
        /** unique */
        name?: string;
        /** a regular expression, found in the name of a channel; its groups title, date, time (or day, month, year, hour, minute, ampm) tell of the event */
        pattern?: string;
        /** what is shown */
        templates?: {
          /** of the event */
          description?: string;
          /** after it */
          ended_description?: string;
          /** after it */
          ended_title?: string;
          /** of the event; {title} and other groups of the pattern, {starttime24}, {date} … */
          title?: string;
          /** before it */
          upcoming_description?: string;
          /** before it */
          upcoming_title?: string;
        };
        /** by how much the hours that are told are ahead of UTC */
        zone_minutes?: number;
      }[];
      /** by name */
      guides?: {
        /** whether it is refreshed and used */
        enabled?: boolean;
        /** how far ahead they are kept */
        future_days?: number;
        /** URL or path of the XMLTV; shown with *** for what is secret */
        location?: string;
        /** unique */
        name?: string;
        /** how long programmes are kept that are over */
        past_days?: number;
        /** higher: preferred */
        priority?: number;
        /** as of an account */
        refresh?: string;
        /** how requests to it look */
        requests?: {
          /** sent with every request */
          headers?: {
            /** of the header */
            name?: string;
            /** of the header; *** where it is secret */
            value?: string;
          }[];
          /** http://user:password@host:port, shown with *** for them; "": none */
          proxy?: string;
          /** sent with every request; "": that of the program */
          user_agent?: string;
        };
      }[];
      /** by name */
      profiles?: {
        /** the uuids of its channels, in its order */
        channels?: string[];
        /** unique */
        name?: string;
      }[];
      /** streams with properties of your own, or a stream profile */
      properties?: {
        /** the name of the account whose list has it */
        account?: string;
        /** properties of your own */
        custom?: Record<string, unknown>;
        /** that the provider puts it into */
        group?: string;
        /** what it is */
        kind?: "live" | "movie" | "series";
        /** as the provider calls it */
        name?: string;
        /** the provider's number */
        provider_id?: string;
        /** its name; "": none was chosen */
        stream_profile?: string;
        /** its id for a guide, as the provider says */
        tvg_id?: string;
        /** where it is */
        url?: string;
      }[];
      /** the version of this form: 1 */
      relevo_export?: number;
      /** your own, by name */
      stream_profiles?: {
        /** a program and its arguments with {streamUrl}, {userAgent}, {channelId}, which writes a transport stream to its standard output; no shell runs it */
        command?: string;
        /** proxy: read by the daemon; redirect: players are sent to the provider; command: read by a program */
        kind?: "proxy" | "redirect" | "command";
        /** unique */
        name?: string;
        /** "": that of the stream or its account */
        user_agent?: string;
      }[];
      /** by age */
      web_hooks?: {
        /** whether it is told anything */
        enabled?: boolean;
        /** of events that it is told of; none: alert-raised and alert-closed */
        kinds?: string[];
        /** as it was entered */
        secret?: string;
        /** to which is posted, http or https */
        url?: string;
      }[];
    };
    gives: {
      accounts: number;
      channels: number;
      guides: number;
      problems: string[];
      streams: number;
      /** streams that a refresh of their account has yet to find */
      waiting: number;
    };
  };
  /** API keys, by name */
  'GET /api/v1/keys': {
    query: Record<string, never>;
    takes: undefined;
    gives: Key[];
  };
  /** a new key, for the header Authorization: Bearer */
  'POST /api/v1/keys': {
    query: Record<string, never>;
    takes: {
      /** unique, whatever the case of its letters */
      name?: string;
      /** what it may */
      role?: "viewer" | "operator" | "administrator";
    };
    gives: {
      /** its number */
      id: number;
      /** told this once */
      key: string;
      /** when */
      made: number;
      /** unique, whatever the case of its letters */
      name: string;
      /** what it may */
      role: "viewer" | "operator" | "administrator";
    };
  };
  /** ends a key */
  'DELETE /api/v1/keys/{key}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** the connections to providers, and who holds them */
  'GET /api/v1/leases': {
    query: Record<string, never>;
    takes: undefined;
    gives: Lease[];
  };
  /** recent lines of the log, the newest first */
  'GET /api/v1/log': {
    query: { level?: string; limit?: number; after?: number; };
    takes: undefined;
    gives: {
      items: Log[];
    };
  };
  /** which lines are written */
  'GET /api/v1/log/level': {
    query: Record<string, never>;
    takes: undefined;
    gives: Level;
  };
  /** other lines are written from now on */
  'PUT /api/v1/log/level': {
    query: Record<string, never>;
    takes: {
      level?: string;
    };
    gives: Level;
  };
  /** a session: a cookie, and a token for the header X-CSRF-Token of what changes something */
  'POST /api/v1/login': {
    query: Record<string, never>;
    takes: {
      name: string;
      password: string;
    };
    gives: {
      csrf: string;
      user?: User;
    };
  };
  /** takes a login away */
  'DELETE /api/v1/logins/{login}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** changes of a login */
  'PATCH /api/v1/logins/{login}': {
    query: Record<string, never>;
    takes: {
      /** at most; 0: any number */
      connections?: number;
      /** whether it is used */
      enabled?: boolean;
      /** as the provider told or you did; null: never, or not known */
      expires?: number | null;
      /** unique in its account */
      name?: string;
      /** never shown */
      password?: string;
      /** what stands there instead; $1, $<name>: what a group matched; shown as *** */
      replace?: string;
      /** a regular expression of what is other in its URLs; shown as *** */
      search?: string;
      /** of a panel */
      username?: string;
    };
    gives: Login;
  };
  /** ends this session */
  'POST /api/v1/logout': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** ends all sessions of this user */
  'POST /api/v1/logout/everywhere': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** who asks */
  'GET /api/v1/me': {
    query: Record<string, never>;
    takes: undefined;
    gives: Me;
  };
  /** another password */
  'PUT /api/v1/me/password': {
    query: Record<string, never>;
    takes: {
      new: string;
      old: string;
    };
    gives: unknown;
  };
  /** a new stream token; the old one ends */
  'POST /api/v1/me/stream-token': {
    query: Record<string, never>;
    takes: undefined;
    gives: User;
  };
  /** the description of all this */
  'GET /api/v1/openapi.json': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** named parts of the channels, by name */
  'GET /api/v1/profiles': {
    query: Record<string, never>;
    takes: undefined;
    gives: Profile[];
  };
  /** a new profile */
  'POST /api/v1/profiles': {
    query: Record<string, never>;
    takes: {
      /** unique */
      name?: string;
    };
    gives: Profile;
  };
  /** takes a profile away, not its channels */
  'DELETE /api/v1/profiles/{profile}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** another name */
  'PATCH /api/v1/profiles/{profile}': {
    query: Record<string, never>;
    takes: {
      /** unique */
      name?: string;
    };
    gives: Profile;
  };
  /** the numbers of its channels, in its order */
  'GET /api/v1/profiles/{profile}/channels': {
    query: Record<string, never>;
    takes: undefined;
    gives: number[];
  };
  /** all its channels, in their order */
  'PUT /api/v1/profiles/{profile}/channels': {
    query: Record<string, never>;
    takes: number[];
    gives: number[];
  };
  /** what plays now, and who watches it */
  'GET /api/v1/sessions': {
    query: Record<string, never>;
    takes: undefined;
    gives: Session[];
  };
  /** ends a session; its viewers go */
  'DELETE /api/v1/sessions/{session}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** on to the next source that works */
  'POST /api/v1/sessions/{session}/next': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** on to one of its candidates */
  'POST /api/v1/sessions/{session}/switch': {
    query: Record<string, never>;
    takes: {
      candidate?: string;
    };
    gives: unknown;
  };
  /** settings, as they were when the daemon started */
  'GET /api/v1/settings': {
    query: Record<string, never>;
    takes: undefined;
    gives: {
      /** in which they are changed; null: the daemon was started without one */
      file: string | null;
      items: Setting[];
    };
  };
  /** whether the first administrator is still to come */
  'GET /api/v1/setup': {
    query: Record<string, never>;
    takes: undefined;
    gives: Setup;
  };
  /** the first administrator, from a private network, and logs him in */
  'POST /api/v1/setup': {
    query: Record<string, never>;
    takes: {
      name: string;
      password: string;
    };
    gives: {
      csrf: string;
      user?: User;
    };
  };
  /** how streams can be read, those that come with the program first */
  'GET /api/v1/stream-profiles': {
    query: Record<string, never>;
    takes: undefined;
    gives: StreamProfile[];
  };
  /** a new one */
  'POST /api/v1/stream-profiles': {
    query: Record<string, never>;
    takes: {
      /** a program and its arguments with {streamUrl}, {userAgent}, {channelId}, which writes a transport stream to its standard output; no shell runs it */
      command?: string;
      /** proxy: read by the daemon; redirect: players are sent to the provider; command: read by a program */
      kind?: "proxy" | "redirect" | "command";
      /** unique */
      name?: string;
      /** "": that of the stream or its account */
      user_agent?: string;
    };
    gives: StreamProfile;
  };
  /** takes one of your own away: who chose it has chosen none */
  'DELETE /api/v1/stream-profiles/{profile}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** one of them */
  'GET /api/v1/stream-profiles/{profile}': {
    query: Record<string, never>;
    takes: undefined;
    gives: StreamProfile;
  };
  /** changes one of your own; what plays goes on as it was until it is opened again */
  'PATCH /api/v1/stream-profiles/{profile}': {
    query: Record<string, never>;
    takes: {
      /** a program and its arguments with {streamUrl}, {userAgent}, {channelId}, which writes a transport stream to its standard output; no shell runs it */
      command?: string;
      /** proxy: read by the daemon; redirect: players are sent to the provider; command: read by a program */
      kind?: "proxy" | "redirect" | "command";
      /** unique */
      name?: string;
      /** "": that of the stream or its account */
      user_agent?: string;
    };
    gives: StreamProfile;
  };
  /** streams, a page at a time */
  'GET /api/v1/streams': {
    query: { account?: number; group?: number; kind?: "live" | "movie" | "series"; missing?: boolean; used?: boolean; measured?: boolean; codec?: string; min_height?: number; penalised?: boolean; q?: string; sort?: "id" | "name" | "number" | "position" | "group" | "account" | "score"; limit?: number; offset?: number; };
    takes: undefined;
    gives: {
      items: Stream[];
      total: number;
    };
  };
  /** a stream */
  'GET /api/v1/streams/{stream}': {
    query: Record<string, never>;
    takes: undefined;
    gives: Stream;
  };
  /** your own properties of a stream, and how it is read */
  'PATCH /api/v1/streams/{stream}': {
    query: Record<string, never>;
    takes: {
      /** properties of your own */
      custom?: Record<string, unknown>;
      /** how it is read, where its channel does not say; null: as the settings say */
      stream_profile?: number | null;
    };
    gives: Stream;
  };
  /** its logo, as a picture */
  'GET /api/v1/streams/{stream}/logo': {
    query: { version?: string; };
    takes: undefined;
    gives: unknown;
  };
  /** users, by name */
  'GET /api/v1/users': {
    query: Record<string, never>;
    takes: undefined;
    gives: User[];
  };
  /** a new user */
  'POST /api/v1/users': {
    query: Record<string, never>;
    takes: {
      /** whether he may anything at all */
      enabled?: boolean;
      /** unique, whatever the case of its letters */
      name?: string;
      /** from where alone he may come, as 192.168.0.0/16; none: from anywhere */
      networks?: string[];
      password?: string;
      /** whose streams get a connection where all are in use and preempt is set: those of the highest */
      priority?: number;
      /** numbers of the profiles whose channels are all that he sees; null: he sees all channels */
      profiles?: number[] | null;
      /** what he may */
      role?: "viewer" | "operator" | "administrator";
      /** that he may watch at once; 0: any number */
      streams?: number;
    };
    gives: User;
  };
  /** takes a user away */
  'DELETE /api/v1/users/{user}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** a user */
  'GET /api/v1/users/{user}': {
    query: Record<string, never>;
    takes: undefined;
    gives: User;
  };
  /** changes a user; a new password logs him out everywhere */
  'PATCH /api/v1/users/{user}': {
    query: Record<string, never>;
    takes: {
      /** whether he may anything at all */
      enabled?: boolean;
      /** unique, whatever the case of its letters */
      name?: string;
      /** from where alone he may come, as 192.168.0.0/16; none: from anywhere */
      networks?: string[];
      password?: string;
      /** whose streams get a connection where all are in use and preempt is set: those of the highest */
      priority?: number;
      /** numbers of the profiles whose channels are all that he sees; null: he sees all channels */
      profiles?: number[] | null;
      /** what he may */
      role?: "viewer" | "operator" | "administrator";
      /** that he may watch at once; 0: any number */
      streams?: number;
    };
    gives: User;
  };
  /** ends all his sessions */
  'POST /api/v1/users/{user}/logout': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** a new stream token; the old one ends */
  'POST /api/v1/users/{user}/stream-token': {
    query: Record<string, never>;
    takes: undefined;
    gives: User;
  };
  /** a viewer has to go */
  'DELETE /api/v1/viewers/{viewer}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** addresses that are told of what happens */
  'GET /api/v1/web-hooks': {
    query: Record<string, never>;
    takes: undefined;
    gives: WebHook[];
  };
  /** a new web-hook */
  'POST /api/v1/web-hooks': {
    query: Record<string, never>;
    takes: {
      /** whether it is told anything */
      enabled?: boolean;
      /** of events that it is told of; none: alert-raised and alert-closed */
      kinds?: string[];
      /** with which the body is signed: X-Relevo-Signature is "sha256=" and its HMAC-SHA256; "": it is not */
      secret?: string;
      /** to which is posted, http or https */
      url?: string;
    };
    gives: WebHook;
  };
  /** takes a web-hook away */
  'DELETE /api/v1/web-hooks/{hook}': {
    query: Record<string, never>;
    takes: undefined;
    gives: unknown;
  };
  /** changes a web-hook */
  'PATCH /api/v1/web-hooks/{hook}': {
    query: Record<string, never>;
    takes: {
      /** whether it is told anything */
      enabled?: boolean;
      /** of events that it is told of; none: alert-raised and alert-closed */
      kinds?: string[];
      /** with which the body is signed: X-Relevo-Signature is "sha256=" and its HMAC-SHA256; "": it is not */
      secret?: string;
      /** to which is posted, http or https */
      url?: string;
    };
    gives: WebHook;
  };
  /** tells it something, once; the answer says how that went */
  'POST /api/v1/web-hooks/{hook}/test': {
    query: Record<string, never>;
    takes: undefined;
    gives: WebHook;
  };
}
