import { composite } from './composite.ts';
import { eiHj1922015 } from './ei-hj192-2015.ts';
import { escap } from './escap.ts';
import { eurostat } from './eurostat.ts';
import { greenDevelopmentIndex } from './green-development-index.ts';
import { hdi } from './hdi.ts';
import { linearDistance } from './linear-distance.ts';
import type { Method } from './method.ts';
import { oecdDistance } from './oecd-distance.ts';
import { sdsn2019 } from './sdsn-2019.ts';
import { statcan } from './statcan.ts';
import { threshold } from './threshold.ts';
import { u4ssc } from './u4ssc.ts';
import { unsd2023 } from './unsd-2023.ts';

/** The methods by id, in the order in which they are listed: the product's own, then by what they measure. */
export const methods: ReadonlyMap<string, Method> = new Map(
  [
    linearDistance,
    threshold,
    sdsn2019,
    statcan,
    eurostat,
    unsd2023,
    escap,
    oecdDistance,
    u4ssc,
    hdi,
    eiHj1922015,
    greenDevelopmentIndex,
    composite,
  ].map((method) => [method.id, method]),
);
