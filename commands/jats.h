// Contributors as JATS, the XML of journals:
// https://jats.nlm.nih.gov/archiving/tag-library/1.3/element/contrib-group.html, with CRediT roles as JATS4R
// recommends: https://jats4r.niso.org/credit-taxonomy/
#pragma once

#include <string>
#include <vector>

#include "commands/contributors.h"

namespace osrbot {

/// An XML document of one <contrib-group>: the authors in their order, with names, ORCID iDs, e-mail addresses and
/// affiliations as far as they were told, and one <role> for each confirmed role. Characters that XML cannot have are
/// left out.
std::string jats_contrib_group(const std::vector<Contributor>& people);

}  // namespace osrbot
